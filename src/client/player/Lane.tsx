import { Download, Headphones, Volume2, VolumeX } from 'lucide-react'
import { type CSSProperties, type ReactNode, useCallback } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { playerTexts } from '../texts/en/player.ts'
import { clockText } from '../time/amounts.ts'
import { CannotPlay } from './CannotPlay.tsx'
import styles from './Lane.module.css'
import { recordingName, roleText } from './people.ts'
import type { RecordingAddress } from './recording-address.ts'
import { showsPicture } from './shows-picture.ts'
import { loudness } from './sync/mix.ts'
import type { Transport } from './sync/transport.ts'
import type { TransportView } from './sync/transport-view.ts'
import { VolumeSlider } from './VolumeSlider.tsx'
import { WaveformBars } from './waveform/WaveformBars.tsx'
import type { WaveformView } from './waveform/waveform.ts'

interface LaneProps {
  readonly index: number
  readonly engagement: EngagementV1
  readonly address: RecordingAddress
  readonly transport: Transport
  readonly view: TransportView
  readonly waveform: WaveformView | undefined
  readonly chosen: boolean
  /** What the extent is drawn on: pointers seek there. */
  surface(children: ReactNode): ReactNode
  onChoose(): void
  onSolo(): void
  onMute(): void
  onVolume(volume: number): void
}

/** One recording: whose it is, how loud, and where on the time axis it lies. */
export function Lane(props: LaneProps) {
  const { index, engagement, address, transport, view, waveform, chosen, surface } = props
  const texts = playerTexts()
  const { timeline, mix } = view
  const recording = engagement.recordings?.[index]
  const place = timeline.places[index]
  const { name, role } = recordingName(engagement, recording?.user)
  const subject = texts.subject(index + 1, name)
  const lane = view.lanes[index]
  const side = role === 'customer' ? 'b' : 'a'
  const lengthSeconds = place?.lengthSeconds ?? timeline.lengthSeconds - (place?.startSeconds ?? 0)
  const silent = loudness(mix, index, 1) === 0
  const solo = mix.solo === index
  const failure = lane?.condition.kind === 'failed' ? lane.condition.failure : undefined
  const cannot = address.kind !== 'here' || failure !== undefined
  return (
    <li className={styles.lane} data-chosen={chosen || undefined} data-silent={silent || undefined}>
      <div className={styles.label}>
        <button type="button" className={styles.name} aria-pressed={chosen} onClick={props.onChoose}>
          <span className={styles.number}>
            <span className="visually-hidden">{texts.recordingNumber(index + 1)}</span>
            <span aria-hidden>{index + 1}</span>
          </span>
          <bdi className={styles.who}>{name}</bdi>
          <span className={styles.role}>{role === undefined ? undefined : roleText(role)}</span>
        </button>
        <Toggle on={solo} label={texts.solo(subject)} onToggle={props.onSolo}>
          <Headphones size={14} aria-hidden />
        </Toggle>
        <Toggle on={mix.muted.includes(index)} label={texts.mute(subject)} onToggle={props.onMute}>
          {silent ? <VolumeX size={14} aria-hidden /> : <Volume2 size={14} aria-hidden />}
        </Toggle>
        <VolumeSlider
          label={texts.volumeOf(subject)}
          volume={mix.volumes[index] ?? 1}
          onVolume={props.onVolume}
        />
      </div>
      {cannot || place === undefined ? (
        <CannotPlay
          subject={subject}
          address={address}
          failure={failure}
          onRetry={() => transport.retry(index)}
          onLoadWhole={() => transport.loadWhole(index)}
        />
      ) : (
        surface(
          <div
            className={styles.extent}
            data-lane={side}
            style={extentStyle(place.startSeconds, place.lengthSeconds, timeline.lengthSeconds)}
            title={
              lane && lane.missingSeconds > 0 ? texts.endsBefore(clockText(lane.missingSeconds)) : undefined
            }
          >
            {waveform && (
              <WaveformBars
                waveform={waveform}
                fromSeconds={0}
                toSeconds={lengthSeconds}
                playedFraction={playedShare(view.positionSeconds - place.startSeconds, lengthSeconds)}
                lane={side}
              />
            )}
          </div>,
        )
      )}
      {address.kind === 'here' ? (
        <a href={address.src} download className={styles.download} aria-label={texts.download(subject)}>
          <Download size={15} aria-hidden />
        </a>
      ) : (
        <span />
      )}
      {address.kind === 'here' && recording && !showsPicture(recording, engagement) && (
        <Sound index={index} transport={transport} startSeconds={place?.startSeconds} />
      )}
    </li>
  )
}

interface SoundProps {
  readonly index: number
  readonly transport: Transport
  readonly startSeconds: number | undefined
}

function Sound({ index, transport, startSeconds }: SoundProps) {
  const attach = useCallback(
    (element: HTMLAudioElement | null) => (element ? transport.attach(index, element) : undefined),
    [transport, index],
  )
  // biome-ignore lint/a11y/useMediaCaption: recordings come without captions
  return <audio ref={attach} data-lane-index={index} data-start-seconds={startSeconds} />
}

interface ToggleProps {
  readonly on: boolean
  readonly label: string
  readonly children: ReactNode
  onToggle(): void
}

function Toggle({ on, label, children, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      className={styles.toggle}
      aria-pressed={on}
      aria-label={label}
      title={label}
      onClick={onToggle}
    >
      {children}
    </button>
  )
}

function extentStyle(
  startSeconds: number,
  lengthSeconds: number | undefined,
  wholeSeconds: number,
): CSSProperties {
  if (wholeSeconds === 0) return { left: 0, right: 0 }
  const from = startSeconds / wholeSeconds
  const to = lengthSeconds === undefined ? 1 : Math.min(1, (startSeconds + lengthSeconds) / wholeSeconds)
  return { left: `${from * 100}%`, right: `${(1 - to) * 100}%` }
}

/** In steps that are about a pixel: what is not seen is not drawn. */
function playedShare(playedSeconds: number, lengthSeconds: number): number {
  return lengthSeconds > 0 ? Math.round((playedSeconds / lengthSeconds) * 1000) / 1000 : 0
}
