import { Pause, Play, SkipBack, SkipForward, Volume2, VolumeX } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import type { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'
import styles from './TransportButtons.module.css'
import { VolumeSlider } from './VolumeSlider.tsx'

interface TransportButtonsProps {
  readonly transport: Transport
  readonly view: TransportView
  /** What is played, such as "2 recordings of zoe.w with ana.ruiz". */
  readonly subject: string
  /** Nothing here can be played. */
  readonly disabled: boolean
  onNext: (() => void) | undefined
  onPrevious: (() => void) | undefined
  onVolume(volume: number): void
}

export function TransportButtons(props: TransportButtonsProps) {
  const { transport, view, subject, disabled, onNext, onPrevious, onVolume } = props
  return (
    <div className={styles.transport}>
      <Button
        look="ghost"
        icon
        disabled={onPrevious === undefined}
        aria-label="Previous engagement with recordings"
        onClick={onPrevious}
      >
        <SkipBack size={15} fill="currentColor" aria-hidden />
      </Button>
      <Skip seconds={-30} transport={transport} disabled={disabled} />
      <Skip seconds={-5} transport={transport} disabled={disabled} />
      <button
        type="button"
        className={styles.play}
        disabled={disabled}
        aria-label={`${view.playing ? 'Pause' : 'Play'} ${subject}`}
        onClick={() => transport.toggle()}
      >
        {view.playing ? (
          <Pause size={18} fill="currentColor" aria-hidden />
        ) : (
          <Play size={18} fill="currentColor" aria-hidden />
        )}
      </button>
      <Skip seconds={5} transport={transport} disabled={disabled} />
      <Skip seconds={30} transport={transport} disabled={disabled} />
      <Button
        look="ghost"
        icon
        disabled={onNext === undefined}
        aria-label="Next engagement with recordings"
        onClick={onNext}
      >
        <SkipForward size={15} fill="currentColor" aria-hidden />
      </Button>
      <MasterVolume volume={view.volume} onVolume={onVolume} />
    </div>
  )
}

interface SkipProps {
  readonly seconds: number
  readonly transport: Transport
  readonly disabled: boolean
}

function Skip({ seconds, transport, disabled }: SkipProps) {
  return (
    <Button
      look="ghost"
      icon
      className={`${styles.skip} num`}
      disabled={disabled}
      aria-label={seconds < 0 ? `Back ${-seconds} seconds` : `Forward ${seconds} seconds`}
      onClick={() => transport.skip(seconds)}
    >
      {seconds < 0 ? `−${-seconds}` : `+${seconds}`}
    </Button>
  )
}

function MasterVolume({ volume, onVolume }: { readonly volume: number; onVolume(volume: number): void }) {
  const Icon = volume === 0 ? VolumeX : Volume2
  return (
    <span className={styles.master}>
      <Icon size={15} aria-hidden />
      <VolumeSlider label="Volume of all recordings" volume={volume} onVolume={onVolume} />
    </span>
  )
}
