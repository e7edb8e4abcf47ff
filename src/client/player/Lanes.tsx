import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { playerTexts } from '../texts/en/player.ts'
import type { KeyCommand } from './key-command.ts'
import { Lane } from './Lane.tsx'
import styles from './Lanes.module.css'
import type { RecordingAddress } from './recording-address.ts'
import { setVolume, toggleMute, toggleSolo } from './sync/mix.ts'
import type { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'
import { TimeSlider } from './TimeSlider.tsx'
import type { WaveformView } from './waveform/waveform.ts'

interface LanesProps {
  readonly engagement: EngagementV1
  readonly addresses: readonly RecordingAddress[]
  readonly transport: Transport
  readonly view: TransportView
  /** One a recording. */
  readonly waveforms: readonly WaveformView[]
  readonly chosen: number
  onChoose(lane: number): void
  onCommand(command: KeyCommand): boolean
}

/** A lane a recording, one below the other on one time axis. */
export function Lanes(props: LanesProps) {
  const { engagement, addresses, transport, view, waveforms, chosen, onChoose, onCommand } = props
  const { timeline, mix } = view
  const length = timeline.lengthSeconds
  const lanes = useRef<HTMLDivElement>(null)

  // Moves the playheads with the screen's own frames: views come ten times a second, which would be seen.
  useEffect(() => {
    if (!view.playing || length === 0) return undefined
    const box = lanes.current
    let drawn = -1
    let frame = requestAnimationFrame(function draw() {
      const at = transport.positionSeconds / length
      // Half a pixel is not seen, and each change is drawn anew.
      if (box && Math.abs(at - drawn) * box.offsetWidth > 0.5) {
        drawn = at
        box.style.setProperty('--at', String(at))
      }
      frame = requestAnimationFrame(draw)
    })
    return () => cancelAnimationFrame(frame)
  }, [transport, length, view.playing])

  const seekByPointer = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    transport.seekTo(((event.clientX - left) / width) * length)
  }
  const surface = (children: ReactNode) => (
    // Another way of what the slider below does, for hands on a pointer.
    <div
      className={styles.surface}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        seekByPointer(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekByPointer(event)
      }}
    >
      {children}
      <span className={styles.playhead} aria-hidden />
    </div>
  )

  return (
    <div
      className={styles.lanes}
      ref={lanes}
      data-playheads
      style={{ '--at': length === 0 ? 0 : view.positionSeconds / length } as CSSProperties}
    >
      <ul aria-label={playerTexts().recordings}>
        {addresses.map((address, index) => (
          <Lane
            // biome-ignore lint/suspicious/noArrayIndexKey: a recording has no name of its own but its place
            key={index}
            index={index}
            engagement={engagement}
            address={address}
            transport={transport}
            view={view}
            waveform={waveforms[index]}
            chosen={index === chosen}
            surface={surface}
            onChoose={() => onChoose(index)}
            onSolo={() => transport.setMix(toggleSolo(mix, index))}
            onMute={() => transport.setMix(toggleMute(mix, index))}
            onVolume={(volume) => transport.setMix(setVolume(mix, index, volume))}
          />
        ))}
      </ul>
      <div className={styles.axis}>
        <div className={styles.slider}>
          <Marks view={view} />
          <TimeSlider
            positionSeconds={view.positionSeconds}
            lengthSeconds={length}
            onSeek={(seconds) => transport.seekTo(seconds)}
            onCommand={onCommand}
          />
        </div>
      </div>
    </div>
  )
}

/** Where A and B are; their buttons say it in words. */
function Marks({ view: { marks, timeline } }: { readonly view: TransportView }) {
  // The track ends half a thumb before the slider does.
  const share = (seconds: number) => `calc(8px + (100% - 16px) * ${seconds / timeline.lengthSeconds})`
  return (
    <>
      {marks.a !== undefined && marks.b !== undefined && (
        <span
          className={styles.band}
          style={{ left: share(marks.a), right: `calc(100% - ${share(marks.b)})` } as CSSProperties}
          aria-hidden
        />
      )}
      {(['a', 'b'] as const).map((mark) => {
        const at = marks[mark]
        return (
          at !== undefined && (
            <span key={mark} className={styles.mark} style={{ left: share(at) }} aria-hidden>
              {mark.toUpperCase()}
            </span>
          )
        )
      })}
    </>
  )
}
