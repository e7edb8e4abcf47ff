import { Video } from 'lucide-react'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { recordingName } from './people.ts'
import styles from './RecordingChoice.module.css'
import { showsPicture } from './shows-picture.ts'

interface RecordingChoiceProps {
  readonly engagement: EngagementV1
  readonly chosen: number
  onChoose(index: number): void
}

export function RecordingChoice({ engagement, chosen, onChoose }: RecordingChoiceProps) {
  return (
    <ul className={styles.choice} aria-label="Recordings">
      {engagement.recordings?.map((recording, index) => {
        const { name, role } = recordingName(engagement, recording.user)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recording has no name of its own but its place
          <li key={index}>
            <button
              type="button"
              className={styles.recording}
              aria-pressed={index === chosen}
              ref={index === chosen ? reveal : null}
              onClick={() => onChoose(index)}
            >
              <span className={styles.number}>{index + 1}</span> {name}
              {role && <span className={styles.role}> · {role}</span>}
              {showsPicture(recording, engagement) && <Video size={13} aria-label=", with picture" />}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** Keys choose recordings that may be out of sight. */
function reveal(button: HTMLElement | null): void {
  button?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
