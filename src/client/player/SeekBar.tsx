import type { CSSProperties, KeyboardEvent } from 'react'
import { keysAreOn } from '../ui/keys.ts'
import { type KeyCommand, seekBarCommand } from './key-command.ts'
import styles from './SeekBar.module.css'
import { spokenPosition } from './spoken-time.ts'

interface SeekBarProps {
  readonly label: string
  readonly positionSeconds: number
  readonly durationSeconds: number | undefined
  /** Whose voice it is: the lanes' two colours. */
  readonly lane: 'a' | 'b'
  onSeek(seconds: number): void
  /** @returns false to leave the key press to others */
  onCommand(command: KeyCommand): boolean
}

export function SeekBar({ label, positionSeconds, durationSeconds, lane, onSeek, onCommand }: SeekBarProps) {
  const played = durationSeconds === undefined ? 0 : Math.min(1, positionSeconds / durationSeconds)
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const command = seekBarCommand(event)
    if (command === undefined) return
    const ownOfSlider = command.kind === 'skip' || command.kind === 'toggle'
    if (!ownOfSlider && !keysAreOn()) return
    if (event.repeat && command.kind !== 'skip') event.preventDefault()
    else if (onCommand(command)) event.preventDefault()
  }
  return (
    <input
      type="range"
      className={styles.seek}
      data-lane={lane}
      style={{ '--played': `${played * 100}%` } as CSSProperties}
      min={0}
      max={durationSeconds ?? 0}
      step="any"
      value={positionSeconds}
      disabled={durationSeconds === undefined}
      aria-label={label}
      aria-valuetext={spokenPosition(positionSeconds, durationSeconds)}
      onChange={(event) => onSeek(event.target.valueAsNumber)}
      onKeyDown={press}
    />
  )
}
