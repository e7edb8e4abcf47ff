import { Download, ExternalLink, Play } from 'lucide-react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import type { RecordingV1 } from '../../../contract/model/recording.ts'
import { readAddress } from '../../player/recording-address.ts'
import { detailTexts } from '../../texts/en/detail.ts'
import { wordOf } from '../../texts/word-of.ts'
import { clockText, sizeText } from '../../time/amounts.ts'
import { Button } from '../../ui/Button.tsx'
import { cutText } from '../../ui/cut-text.ts'
import { GivenText } from '../../ui/GivenText.tsx'
import { shortName } from '../people.ts'
import { useRow } from '../row-context.ts'
import styles from './detail.module.css'
import { placeOf } from './timeline.ts'

export function Recordings({ engagement }: { readonly engagement: EngagementV1 }) {
  const texts = detailTexts()
  const { play } = useRow()
  const { id, recordings = [] } = engagement
  return (
    <section>
      <h2>{texts.recordings}</h2>
      {recordings.length === 0 && <p className="muted">{texts.noRecordings}</p>}
      <ul>
        {recordings.map((recording, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two recordings can share everything, and the list never changes
          <li key={index} className={styles.recording}>
            <Button
              look="ghost"
              icon
              aria-label={texts.play(index + 1, shortName(recording.user))}
              onClick={() => id !== undefined && play(id, index + 1)}
            >
              <Play size={14} fill="currentColor" aria-hidden />
            </Button>
            <span>
              <GivenText>{shortName(recording.user)}</GivenText>
              <span className={`${styles.part} muted num`}>{about(recording)}</span>
            </span>
            <Lane engagement={engagement} recording={recording} second={index % 2 === 1} />
            <span className={`${styles.size} muted num`}>
              {recording.size === undefined ? '-' : sizeText(recording.size)}
            </span>
            <RecordingLink recording={recording} />
          </li>
        ))}
      </ul>
      {recordings.length > 1 && id !== undefined && (
        <Button look="primary" className={styles.playAll} onClick={() => play(id, 1)}>
          <Play size={13} fill="currentColor" aria-hidden />
          {texts.playAll(recordings.length)}
        </Button>
      )}
    </section>
  )
}

function about({ contents, duration }: RecordingV1): string {
  const kind = contents === undefined ? undefined : cutText(wordOf(detailTexts().recordingKinds, contents))
  const parts = [kind, duration === undefined ? undefined : clockText(duration)]
  return parts.filter((part) => part !== undefined).join(' · ')
}

/** Where the recording lies in the engagement's time. */
function Lane({
  engagement,
  recording,
  second,
}: {
  engagement: EngagementV1
  recording: RecordingV1
  second: boolean
}) {
  const place = placeOf(engagement, recording)
  if (place === undefined) return <span />
  return (
    <span className={styles.lane} title={detailTexts().begins(Math.round(place.startSeconds))}>
      <span
        className={`${styles.extent} ${second ? styles.secondLane : ''}`}
        style={{ left: `${place.from * 100}%`, width: `${(place.to - place.from) * 100}%` }}
      />
    </span>
  )
}

function RecordingLink({ recording }: { readonly recording: RecordingV1 }) {
  const texts = detailTexts()
  const address = readAddress(recording.uri, location.href)
  const whose = shortName(recording.user)
  if (address.kind === 'elsewhere') {
    return (
      <a
        className={styles.link}
        href={address.href}
        target="_blank"
        rel="noreferrer"
        aria-label={texts.openAt(whose, address.host)}
      >
        <ExternalLink size={15} aria-hidden />
      </a>
    )
  }
  if (address.kind !== 'here') return <span />
  return (
    <a className={styles.link} href={address.src} download aria-label={texts.download(whose)}>
      <Download size={15} aria-hidden />
    </a>
  )
}
