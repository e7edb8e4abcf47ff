import { Check, Copy, X } from 'lucide-react'
import { useMemo } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../contract/model/recording.ts'
import { clockText } from '../time/amounts.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import { useCopy } from '../ui/use-copy.ts'
import { ClockReadout } from './ClockReadout.tsx'
import type { KeyCommand } from './key-command.ts'
import { Lanes } from './Lanes.tsx'
import { Pictures } from './Pictures.tsx'
import styles from './PlayerDock.module.css'
import { recordingName } from './people.ts'
import { readAddress } from './recording-address.ts'
import { rememberSpeed, rememberVolume } from './remembered.ts'
import { Says } from './Says.tsx'
import { showsPicture } from './shows-picture.ts'
import { readSpeed, type Speed, speeds, stepSpeed } from './speeds.ts'
import { layTimeline, tellingLane } from './sync/timeline.ts'
import { TransportButtons } from './TransportButtons.tsx'
import { usePlayerKeys } from './use-player-keys.ts'
import { useTransport } from './use-transport.ts'
import { Who } from './Who.tsx'

interface PlayerDockProps {
  readonly engagement: EngagementV1
  /** The chosen lane. */
  readonly recordingIndex: number
  /** A moment of the chosen recording to go to; undefined is where the listener last was. */
  readonly startAtSeconds: number | undefined
  readonly plays: number
  readonly zone: string
  /** Asks for the engagement's recordings anew, for addresses that may have expired. */
  freshRecordings(): Promise<readonly RecordingV1[] | undefined>
  onSelectRecording(index: number): void
  /** The dock is gone after this: the page decides where the focus goes. */
  onClose(): void
  /** The address that opens this recording at this second. */
  linkTo(recordingIndex: number, second: number): string
}

const copyLabels = { idle: 'Copy moment', copied: 'Moment copied', failed: 'Could not copy' }
const speedOptions = speeds.map((speed) => ({ value: String(speed), label: `${speed}×` }))

export function PlayerDock(props: PlayerDockProps) {
  const { engagement, recordingIndex: chosen, startAtSeconds, plays, zone, onClose, linkTo } = props
  const addresses = useMemo(
    () => (engagement.recordings ?? []).map(({ uri }) => readAddress(uri, document.baseURI)),
    [engagement],
  )
  const sources = addresses.map((address) => (address.kind === 'here' ? address.src : undefined))
  const start = layTimeline(engagement).places[chosen]?.startSeconds ?? 0
  const [transport, view] = useTransport({
    engagement,
    sources,
    startAtSeconds: startAtSeconds === undefined ? undefined : start + startAtSeconds,
    plays,
    freshSource: async (lane) => {
      const fresh = (await props.freshRecordings())?.[lane]
      const address = fresh && readAddress(fresh.uri, document.baseURI)
      return address?.kind === 'here' ? address.src : undefined
    },
  })
  const [copied, copy] = useCopy()
  const playable = sources.some((src) => src !== undefined)
  const { timeline, positionSeconds } = view

  const setSpeed = (speed: Speed) => {
    transport.setSpeed(speed)
    rememberSpeed(speed)
  }
  const copyMoment = () => {
    const lane = tellingLane(timeline, positionSeconds, chosen)
    const second = Math.floor(positionSeconds - (timeline.places[lane]?.startSeconds ?? 0))
    copy(linkTo(lane, second))
  }
  const obey = (command: KeyCommand): boolean => {
    switch (command.kind) {
      case 'toggle':
        transport.toggle()
        return true
      case 'skip':
        transport.skip(command.seconds)
        return true
      case 'speed':
        setSpeed(stepSpeed(view.speed, command.step))
        return true
      case 'choose':
        if (addresses[command.index] === undefined) return false
        if (command.index !== chosen) props.onSelectRecording(command.index)
        return true
      case 'copy':
        if (!playable) return false
        copyMoment()
        return true
      default:
        return false
    }
  }
  usePlayerKeys(obey)

  const pictures = addresses.flatMap((address, lane) => {
    const recording = engagement.recordings?.[lane]
    return address.kind === 'here' && recording && showsPicture(recording, engagement)
      ? [
          {
            lane,
            name: recordingName(engagement, recording.user).name,
            startSeconds: timeline.places[lane]?.startSeconds,
          },
        ]
      : []
  })
  return (
    <section aria-label="Player" className={styles.dock} ref={keepRoom}>
      {pictures.length > 0 && <Pictures transport={transport} pictures={pictures} />}
      <div className={styles.left}>
        <Who engagement={engagement} zone={zone} />
        <TransportButtons
          transport={transport}
          view={view}
          subject={addresses.length === 1 ? 'the recording' : `${addresses.length} recordings`}
          disabled={!playable}
          onNext={undefined}
          onPrevious={undefined}
          onVolume={(volume) => {
            transport.setVolume(volume)
            rememberVolume(volume)
          }}
        />
      </div>
      <Lanes
        engagement={engagement}
        addresses={addresses}
        transport={transport}
        view={view}
        chosen={chosen}
        onChoose={props.onSelectRecording}
        onCommand={obey}
      />
      <div className={styles.right}>
        <ClockReadout timeline={timeline} positionSeconds={positionSeconds} zone={zone} />
        <div className={styles.actions}>
          <Select
            label="Speed"
            labelHidden
            value={String(view.speed)}
            options={speedOptions}
            onChange={(text) => setSpeed(readSpeed(text) ?? view.speed)}
          />
          {playable && (
            <Button
              look="primary"
              className={styles.copy ?? ''}
              aria-label={`Copy moment ${clockText(positionSeconds)}`}
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
        <Says engagement={engagement} transport={transport} view={view} zone={zone} />
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
