import type { CSSProperties, KeyboardEvent } from 'react'
import { playerTexts } from '../texts/en/player.ts'
import { keysAreOn } from '../ui/keys.ts'
import { type KeyCommand, seekBarCommand } from './key-command.ts'
import { spokenPosition } from './spoken-time.ts'
import styles from './TimeSlider.module.css'

interface TimeSliderProps {
  readonly positionSeconds: number
  readonly lengthSeconds: number
  onSeek(seconds: number): void
  /** @returns false to leave the key press to others */
  onCommand(command: KeyCommand): boolean
}

/** The whole timeline as one slider, in words that can be heard. */
export function TimeSlider({ positionSeconds, lengthSeconds, onSeek, onCommand }: TimeSliderProps) {
  const played = lengthSeconds === 0 ? 0 : Math.min(1, positionSeconds / lengthSeconds)
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
      className={styles.slider}
      style={{ '--played': `${played * 100}%` } as CSSProperties}
      min={0}
      max={lengthSeconds}
      step="any"
      value={positionSeconds}
      disabled={lengthSeconds === 0}
      aria-label={playerTexts().position}
      aria-valuetext={spokenPosition(positionSeconds, lengthSeconds === 0 ? undefined : lengthSeconds)}
      onChange={(event) => onSeek(event.target.valueAsNumber)}
      onKeyDown={press}
    />
  )
}
