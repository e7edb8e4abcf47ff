import { Pause, Play, Volume2, VolumeX } from 'lucide-react'
import type { CSSProperties } from 'react'
import { Button } from '../ui/Button.tsx'
import type { Playback, PlaybackView } from './playback.ts'
import styles from './Transport.module.css'

interface TransportProps {
  readonly playback: Playback
  readonly view: PlaybackView
  /** What is played, such as "recording 1, zoe.w". */
  readonly subject: string
  readonly disabled: boolean
}

export function Transport({ playback, view, subject, disabled }: TransportProps) {
  const silent = view.muted || view.volume === 0
  const level = silent ? 0 : view.volume
  return (
    <div className={styles.transport}>
      <Button
        look="ghost"
        icon
        className="num"
        disabled={disabled}
        aria-label="Back 5 seconds"
        onClick={() => playback.skip(-5)}
      >
        −5
      </Button>
      <button
        type="button"
        className={styles.play}
        disabled={disabled}
        aria-label={`${view.playing ? 'Pause' : 'Play'} ${subject}`}
        onClick={() => playback.toggle()}
      >
        {view.playing ? (
          <Pause size={18} fill="currentColor" aria-hidden />
        ) : (
          <Play size={18} fill="currentColor" aria-hidden />
        )}
      </button>
      <Button
        look="ghost"
        icon
        className="num"
        disabled={disabled}
        aria-label="Forward 5 seconds"
        onClick={() => playback.skip(5)}
      >
        +5
      </Button>
      <Button
        look="ghost"
        icon
        className={styles.mute}
        aria-label="Mute the player"
        aria-pressed={view.muted}
        onClick={() => playback.setMuted(!view.muted)}
      >
        {silent ? <VolumeX size={16} aria-hidden /> : <Volume2 size={16} aria-hidden />}
      </Button>
      <input
        type="range"
        className={styles.volume}
        style={{ '--level': `${level * 100}%` } as CSSProperties}
        min={0}
        max={100}
        step={5}
        value={Math.round(level * 100)}
        aria-label="Volume of the player"
        aria-valuetext={`${Math.round(level * 100)} %${view.muted ? ', muted' : ''}`}
        onChange={(event) => playback.setVolume(event.target.valueAsNumber / 100)}
      />
    </div>
  )
}
