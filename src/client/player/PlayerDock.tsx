import { Check, Copy, Download, X } from 'lucide-react'
import { useMemo } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { clockText } from '../time/amounts.ts'
import { formatTime, zoneAbbreviation } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import { useCopy } from '../ui/use-copy.ts'
import { CannotPlay } from './CannotPlay.tsx'
import type { KeyCommand } from './key-command.ts'
import { Picture } from './Picture.tsx'
import styles from './PlayerDock.module.css'
import { recordingName } from './people.ts'
import { RecordingChoice } from './RecordingChoice.tsx'
import { readAddress } from './recording-address.ts'
import { SeekBar } from './SeekBar.tsx'
import { showsPicture } from './shows-picture.ts'
import { readSpeed, speeds, stepSpeed } from './speeds.ts'
import { Transport } from './Transport.tsx'
import { usePlayback } from './use-playback.ts'
import { usePlayerKeys } from './use-player-keys.ts'
import { Who } from './Who.tsx'

interface PlayerDockProps {
  readonly engagement: EngagementV1
  readonly recordingIndex: number
  /** A moment to go to; undefined is where the listener last was in this recording. */
  readonly startAtSeconds: number | undefined
  readonly autoplay: boolean
  readonly zone: string
  onSelectRecording(index: number): void
  /** The dock is gone after this: the page decides where the focus goes. */
  onClose(): void
  /** The address that opens this recording at this second. */
  linkTo(recordingIndex: number, second: number): string
}

const copyLabels = { idle: 'Copy moment', copied: 'Moment copied', failed: 'Could not copy' }
const speedOptions = speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }))

export function PlayerDock(props: PlayerDockProps) {
  const { engagement, recordingIndex, startAtSeconds, autoplay, zone, onClose, linkTo } = props
  const recording = engagement.recordings?.[recordingIndex]
  const address = recording && readAddress(recording.uri, document.baseURI)
  const src = address?.kind === 'here' ? address.src : undefined
  const picture = recording !== undefined && showsPicture(recording, engagement)
  const reportedSeconds = recording?.duration
  const opening = useMemo(
    () => (src === undefined ? undefined : { src, picture, startAtSeconds, autoplay, reportedSeconds }),
    [src, picture, startAtSeconds, autoplay, reportedSeconds],
  )
  const [playback, view] = usePlayback(opening)

  const { name, role } = recordingName(engagement, recording?.user)
  const subject = `recording ${recordingIndex + 1}, ${name}`
  const second = Math.floor(view.positionSeconds)
  const [copied, copy] = useCopy()

  const choose = (index: number) => {
    if (index === recordingIndex) return
    playback.carryOn()
    props.onSelectRecording(index)
  }
  const copyMoment = () => copy(linkTo(recordingIndex, second))
  const obey = (command: KeyCommand): boolean => {
    switch (command.kind) {
      case 'toggle':
        playback.toggle()
        return true
      case 'skip':
        playback.skip(command.seconds)
        return true
      case 'speed':
        playback.setSpeed(stepSpeed(view.speed, command.step))
        return true
      case 'choose':
        if (engagement.recordings?.[command.index] === undefined) return false
        choose(command.index)
        return true
      case 'copy':
        if (src === undefined) return false
        copyMoment()
        return true
      default:
        return false
    }
  }
  usePlayerKeys(obey)

  const { condition } = view
  const lengthSeconds = view.durationSeconds ?? reportedSeconds
  const createdMs = recording?.created === undefined ? undefined : Date.parse(recording.created)
  const clockMs = createdMs === undefined ? undefined : createdMs + view.positionSeconds * 1000
  return (
    <section aria-label="Player" className={styles.dock} ref={keepRoom}>
      {src !== undefined &&
        (picture ? (
          <Picture media={playback.attach} name={name} />
        ) : (
          // biome-ignore lint/a11y/useMediaCaption: recordings come without captions
          <audio ref={playback.attach} />
        ))}
      <Who engagement={engagement} zone={zone} />
      <div className={styles.choice}>
        <RecordingChoice engagement={engagement} chosen={recordingIndex} onChoose={choose} />
        <span role="status" className="muted">
          {condition.kind === 'loading' && 'Loading…'}
          {condition.kind === 'buffering' && 'Buffering…'}
        </span>
      </div>
      <div className={styles.transport}>
        <Transport playback={playback} view={view} subject={subject} disabled={src === undefined} />
      </div>
      <div className={styles.seek}>
        {src === undefined || condition.kind === 'failed' ? (
          <CannotPlay
            why={condition.kind === 'failed' ? condition.why : undefined}
            address={address}
            onRetry={() => playback.retry()}
          />
        ) : (
          <SeekBar
            label={`Position in ${subject}`}
            positionSeconds={view.positionSeconds}
            durationSeconds={view.durationSeconds}
            lane={role === 'customer' ? 'b' : 'a'}
            onSeek={(seconds) => playback.seekTo(seconds)}
            onCommand={obey}
          />
        )}
      </div>
      <p className={`${styles.times} num`}>
        {clockMs !== undefined && (
          <span className={styles.clock}>
            {formatTime(clockMs, zone, 'time')}{' '}
            <span className={styles.zone}>{zoneAbbreviation(zone, clockMs)}</span>
          </span>
        )}
        <span className="muted">
          {clockText(view.positionSeconds)} / {lengthSeconds === undefined ? '-' : clockText(lengthSeconds)}
        </span>
      </p>
      <div className={styles.actions}>
        <Select
          label="Speed"
          labelHidden
          value={String(view.speed)}
          options={speedOptions}
          onChange={(text) => playback.setSpeed(readSpeed(text) ?? view.speed)}
        />
        {src !== undefined && (
          <a href={src} download className={styles.download} aria-label={`Download ${subject}`}>
            <Download size={16} aria-hidden />
          </a>
        )}
        {src !== undefined && (
          <Button
            look="primary"
            className={styles.copy ?? ''}
            aria-label={`Copy moment ${clockText(second)}`}
            onClick={copyMoment}
          >
            {copied === 'copied' ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
            <span className={styles.copyText}>{copyLabels[copied]}</span>
          </Button>
        )}
        <span className="visually-hidden" role="status">
          {copied === 'idle' ? '' : copyLabels[copied]}
        </span>
      </div>
      <Button
        look="ghost"
        icon
        className={styles.close ?? ''}
        aria-label="Close the player"
        onClick={onClose}
      >
        <X size={16} aria-hidden />
      </Button>
    </section>
  )
}

/** The page ends above the dock, and scrolls what has focus above it: both follow `--dock-height`. */
function keepRoom(dock: HTMLElement | null): (() => void) | undefined {
  if (dock === null) return undefined
  const page = document.documentElement.style
  const watch = new ResizeObserver(() => page.setProperty('--dock-height', `${dock.offsetHeight}px`))
  watch.observe(dock)
  return () => {
    watch.disconnect()
    page.removeProperty('--dock-height')
  }
}
