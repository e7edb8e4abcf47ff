import { Pause, Play, SkipBack, SkipForward, Volume2, VolumeX } from 'lucide-react'
import { playerTexts } from '../texts/en/player.ts'
import { Button } from '../ui/Button.tsx'
import type { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'
import styles from './TransportButtons.module.css'
import { VolumeSlider } from './VolumeSlider.tsx'

interface TransportButtonsProps {
  readonly transport: Transport
  readonly view: TransportView
  /** How many are played at once. */
  readonly recordings: number
  /** Nothing here can be played. */
  readonly disabled: boolean
  onNext: (() => void) | undefined
  onPrevious: (() => void) | undefined
  onVolume(volume: number): void
}

export function TransportButtons(props: TransportButtonsProps) {
  const texts = playerTexts()
  const { transport, view, recordings, disabled, onNext, onPrevious, onVolume } = props
  return (
    <div className={styles.transport}>
      <Button
        look="ghost"
        icon
        disabled={onPrevious === undefined}
        aria-label={texts.previousEngagement}
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
        aria-label={view.playing ? texts.pause(recordings) : texts.play(recordings)}
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
        aria-label={texts.nextEngagement}
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
  const texts = playerTexts()
  return (
    <Button
      look="ghost"
      icon
      className={`${styles.skip} num`}
      disabled={disabled}
      aria-label={seconds < 0 ? texts.back(-seconds) : texts.forward(seconds)}
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
      <VolumeSlider label={playerTexts().volumeOfAll} volume={volume} onVolume={onVolume} />
    </span>
  )
}
