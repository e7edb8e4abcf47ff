import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../contract/model/recording.ts'
import type { SecondSpan } from '../../contract/query/second-span.ts'
import { playerTexts } from '../texts/en/player.ts'
import { clockText } from '../time/amounts.ts'
import { formatTime } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import { useCopy } from '../ui/use-copy.ts'
import { AutoNextSwitch } from './AutoNextSwitch.tsx'
import { ClockReadout } from './ClockReadout.tsx'
import { GoToTime } from './GoToTime.tsx'
import { handOverText } from './hand-over.ts'
import type { KeyCommand } from './key-command.ts'
import { Lanes } from './Lanes.tsx'
import { noMarks, setMark } from './marks.ts'
import { marksOf, momentOf } from './moment.ts'
import { PartControls } from './PartControls.tsx'
import { Pictures } from './Pictures.tsx'
import styles from './PlayerDock.module.css'
import { recordingName, sidesOf } from './people.ts'
import { readAddress } from './recording-address.ts'
import { rememberSkipsSilence, rememberSpeed, rememberVolume } from './remembered.ts'
import { Says } from './Says.tsx'
import { ShareMoment } from './ShareMoment.tsx'
import { showsPicture } from './shows-picture.ts'
import { readSpeed, type Speed, speeds, stepSpeed } from './speeds.ts'
import { toggleMute, toggleSolo } from './sync/mix.ts'
import { clockAt, layTimeline } from './sync/timeline.ts'
import { TransportButtons } from './TransportButtons.tsx'
import { useMediaSession } from './use-media-session.ts'
import { usePlayerKeys } from './use-player-keys.ts'
import { useTransport } from './use-transport.ts'
import { useWaveforms } from './use-waveforms.ts'
import { Who } from './Who.tsx'

/** To another engagement. */
interface WayOn {
  readonly there: boolean
  /** It comes into the player, and plays if this one does; where there is none, the page says so. */
  go(playing: boolean): void
}

interface PlayerDockProps {
  readonly tenant: string
  readonly engagement: EngagementV1
  /** The chosen lane. */
  readonly recordingIndex: number
  /** A moment of the chosen recording to go to; undefined is where the listener last was. */
  readonly startAtSeconds: number | undefined
  /** A part of the chosen recording, to be played again and again. */
  readonly span: SecondSpan | undefined
  /** Play was pressed for it, and has not been obeyed yet. */
  readonly plays: boolean
  /** It has been by now. */
  onPlays(): void
  readonly zone: string
  /** Whether recordings may be asked for; once they may again, what was refused is asked for anew. */
  readonly access: 'open' | 'ended'
  /** Asks for the engagement's recordings anew, for addresses that may have expired. */
  freshRecordings(): Promise<readonly RecordingV1[] | undefined>
  onSelectRecording(index: number): void
  readonly next: WayOn
  readonly previous: WayOn
  onEnded(): void
  /** The dock is gone after this: the page decides where the focus goes. */
  onClose(): void
  /** The address that opens this recording at this second, with a part of it marked. */
  linkTo(recordingIndex: number, second: number, span: SecondSpan | undefined): string
}

export function PlayerDock(props: PlayerDockProps) {
  const texts = playerTexts()
  const { tenant, engagement, recordingIndex: chosen, startAtSeconds, span, zone } = props
  const addresses = useMemo(
    () => (engagement.recordings ?? []).map(({ uri }) => readAddress(uri, document.baseURI)),
    [engagement],
  )
  const sources = addresses.map((address) => (address.kind === 'here' ? address.src : undefined))
  const playable = sources.some((src) => src !== undefined)
  const laid = useMemo(() => layTimeline(engagement), [engagement])
  const start = laid.places[chosen]?.startSeconds ?? 0
  const [transport, view] = useTransport({
    tenant,
    engagement,
    sources,
    startAtSeconds: startAtSeconds === undefined ? undefined : start + startAtSeconds,
    chosen,
    marks: marksOf(laid, chosen, span),
    plays: props.plays,
    onPlays: props.onPlays,
    access: props.access,
    onEnded: props.onEnded,
    freshSource: async (lane) => {
      const fresh = (await props.freshRecordings())?.[lane]
      const address = fresh && readAddress(fresh.uri, document.baseURI)
      return address?.kind === 'here' ? address.src : undefined
    },
  })
  const { timeline, positionSeconds, mix } = view
  const waveforms = useWaveforms({ transport, timeline, recordings: engagement.recordings ?? [], sources })
  const [goesTo, setGoesTo] = useState(false)
  const [linked, copyLink] = useCopy()
  const [handedOver, copyHandOver] = useCopy()

  const goNext = () => props.next.go(view.playing)
  const goPrevious = () => props.previous.go(view.playing)
  const onNext = props.next.there ? goNext : undefined
  const onPrevious = props.previous.there ? goPrevious : undefined
  const setSpeed = (speed: Speed) => {
    transport.setSpeed(speed)
    rememberSpeed(speed)
  }
  const mark = (which: 'a' | 'b') => transport.setMarks(setMark(view.marks, which, positionSeconds))
  const moment = momentOf(timeline, positionSeconds, view.marks, chosen)
  const link = () => props.linkTo(moment.lane, moment.second, moment.span)
  const handOver = () => {
    const { a, b } = view.marks
    return handOverText({
      engagement,
      recordingIndex: moment.lane,
      atSeconds: positionSeconds,
      part: a === undefined || b === undefined ? undefined : { fromSeconds: a, toSeconds: b },
      lengthSeconds: timeline.lengthSeconds === 0 ? undefined : timeline.lengthSeconds,
      timelineStartMs: timeline.startMs,
      zone,
      link: link(),
    })
  }
  /** @returns false to leave the key press to others */
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
      case 'mute':
        transport.setMix(toggleMute(mix, chosen))
        return true
      case 'solo':
        transport.setMix(toggleSolo(mix, chosen))
        return true
      case 'mark':
        mark(command.mark)
        return true
      case 'goto':
        if (timeline.startMs === undefined) return false
        setGoesTo(true)
        return true
      case 'copy':
        if (playable) copyLink(link())
        return playable
      case 'next':
        goNext()
        return true
      case 'previous':
        goPrevious()
        return true
    }
  }
  usePlayerKeys(obey)

  const { customers, associates } = sidesOf(engagement)
  const at = clockAt(timeline, positionSeconds)
  const startText = laid.startMs === undefined ? '' : formatTime(laid.startMs, zone, 'dateTime')
  useMediaSession(
    transport,
    { title: [...customers, ...associates].join(' ↔ '), artist: startText, album: `${tenant} · Hindsight` },
    { onNext, onPrevious },
  )

  const pictures = addresses.flatMap((address, lane) => {
    const recording = engagement.recordings?.[lane]
    if (address.kind !== 'here' || !recording || !showsPicture(recording, engagement)) return []
    const { name } = recordingName(engagement, recording.user)
    return [{ lane, name, startSeconds: timeline.places[lane]?.startSeconds }]
  })
  return (
    <section aria-label={texts.player} className={styles.dock} ref={keepRoom} data-keeps-focus tabIndex={-1}>
      {pictures.length > 0 && <Pictures transport={transport} pictures={pictures} />}
      <div className={styles.left}>
        <Who engagement={engagement} zone={zone} />
        <TransportButtons
          transport={transport}
          view={view}
          recordings={addresses.length}
          disabled={!playable}
          onNext={onNext}
          onPrevious={onPrevious}
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
        waveforms={waveforms}
        chosen={chosen}
        onChoose={props.onSelectRecording}
        onCommand={obey}
      />
      <div className={styles.right}>
        {goesTo && timeline.startMs !== undefined ? (
          <GoToTime
            timeline={{ ...timeline, startMs: timeline.startMs }}
            zone={zone}
            onGo={(seconds) => {
              transport.seekTo(seconds)
              setGoesTo(false)
            }}
            onCancel={() => setGoesTo(false)}
          />
        ) : (
          <ClockReadout
            timeline={timeline}
            positionSeconds={positionSeconds}
            zone={zone}
            onGoTo={() => setGoesTo(true)}
          />
        )}
        <div className={styles.actions}>
          <Select
            label={texts.speed}
            labelHidden
            value={String(view.speed)}
            options={speeds.map((speed) => ({ value: String(speed), label: texts.speedOf(speed) }))}
            onChange={(text) => setSpeed(readSpeed(text) ?? view.speed)}
          />
          <Button
            aria-pressed={view.skipsSilence}
            className={styles.switch}
            onClick={() => {
              transport.skipSilence(!view.skipsSilence)
              rememberSkipsSilence(!view.skipsSilence)
            }}
          >
            {texts.skipSilence}
          </Button>
          {playable && (
            <ShareMoment
              moment={at === undefined ? clockText(positionSeconds) : formatTime(at, zone, 'time')}
              linked={linked}
              handedOver={handedOver}
              onCopyLink={() => copyLink(link())}
              onCopyHandOver={() => copyHandOver(handOver())}
            />
          )}
        </div>
        <div className={styles.actions}>
          <PartControls marks={view.marks} onMark={mark} onClear={() => transport.setMarks(noMarks)} />
          <AutoNextSwitch />
        </div>
        <Says engagement={engagement} transport={transport} view={view} zone={zone} />
      </div>
      <Button look="ghost" icon className={styles.close} aria-label={texts.close} onClick={props.onClose}>
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
