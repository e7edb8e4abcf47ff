import type { CSSProperties } from 'react'
import styles from './VolumeSlider.module.css'

interface VolumeSliderProps {
  readonly label: string
  /** 0 to 1. */
  readonly volume: number
  onVolume(volume: number): void
}

export function VolumeSlider({ label, volume, onVolume }: VolumeSliderProps) {
  const percent = Math.round(volume * 100)
  return (
    <input
      type="range"
      className={styles.volume}
      style={{ '--level': `${volume * 100}%` } as CSSProperties}
      min={0}
      max={100}
      step={5}
      value={percent}
      aria-label={label}
      aria-valuetext={`${percent} %`}
      onChange={(event) => onVolume(event.target.valueAsNumber / 100)}
    />
  )
}
