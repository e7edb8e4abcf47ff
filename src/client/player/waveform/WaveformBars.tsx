import { useEffect, useMemo, useRef, useState } from 'react'
import { barsHeightPx, drawBars } from './bars.ts'
import styles from './WaveformBars.module.css'
import type { WaveformView } from './waveform.ts'

interface WaveformBarsProps {
  readonly waveform: WaveformView
  /** The stretch of the recording, seconds from its beginning, that the whole width stands for. */
  readonly fromSeconds: number
  readonly toSeconds: number
  /** 0 to 1 of the width; may change with every frame. */
  readonly playedFraction: number
  readonly lane: 'a' | 'b'
}

const plainHeightPx = 3

/** Decoration: what it shows is told elsewhere in words. Drawn as vectors, so colours follow the theme by themselves. */
export function WaveformBars({ waveform, fromSeconds, toSeconds, playedFraction, lane }: WaveformBarsProps) {
  const box = useRef<HTMLDivElement>(null)
  const [widthPx, setWidthPx] = useState(0)
  // Follows the width that the page's layout gives: bars keep theirs, so their number changes.
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidthPx(Math.floor(entry?.contentRect.width ?? 0)))
    if (box.current !== null) watch.observe(box.current)
    return () => watch.disconnect()
  }, [])
  const drawing = useMemo(() => {
    const { path, knownPx } = drawBars(waveform, { fromSeconds, toSeconds, widthPx })
    return (
      <>
        <path d={path} />
        {knownPx < widthPx && (
          <rect
            x={knownPx}
            y={(barsHeightPx - plainHeightPx) / 2}
            width={widthPx - knownPx}
            height={plainHeightPx}
            rx={plainHeightPx / 2}
          />
        )}
      </>
    )
  }, [waveform, fromSeconds, toSeconds, widthPx])
  const unplayedPercent = 100 - 100 * Math.min(1, Math.max(0, playedFraction))
  return (
    <div ref={box} className={`${styles.bars} ${lane === 'b' ? styles.b : ''}`}>
      <svg className={styles.rest} aria-hidden>
        {drawing}
      </svg>
      <svg className={styles.played} aria-hidden style={{ clipPath: `inset(0 ${unplayedPercent}% 0 0)` }}>
        {drawing}
      </svg>
    </div>
  )
}
