import { lazy, Suspense, useEffect, useRef } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import styles from './PlayerSlot.module.css'

const PlayerDock = lazy(async () => ({ default: (await import('../player/PlayerDock.tsx')).PlayerDock }))

interface PlayerSlotProps {
  readonly engagement: EngagementV1 | undefined
  /** Counted from 1. */
  readonly recording: number
  readonly second: number | undefined
  readonly autoplay: boolean
  readonly zone: string
  onSelect(recording: number): void
  onClose(): void
}

/** The dock at the foot of the page, and the room the page leaves for it. */
export function PlayerSlot({
  engagement,
  recording,
  second,
  autoplay,
  zone,
  onSelect,
  onClose,
}: PlayerSlotProps) {
  const slot = useRef<HTMLDivElement>(null)
  // Synchronises the page's foot with the dock's height, so that nothing is hidden behind it.
  useEffect(() => {
    const root = document.documentElement
    const observer = new ResizeObserver(([entry]) => {
      root.style.setProperty('--dock-height', `${Math.ceil(entry?.borderBoxSize[0]?.blockSize ?? 0)}px`)
    })
    if (slot.current) observer.observe(slot.current)
    return () => {
      observer.disconnect()
      root.style.removeProperty('--dock-height')
    }
  }, [])
  return (
    <div ref={slot} className={styles.slot}>
      {engagement && (
        <Suspense>
          <PlayerDock
            engagement={engagement}
            recordingIndex={recording - 1}
            startAtSeconds={second}
            autoplay={autoplay}
            zone={zone}
            onSelectRecording={(index) => onSelect(index + 1)}
            onClose={onClose}
          />
        </Suspense>
      )}
    </div>
  )
}
