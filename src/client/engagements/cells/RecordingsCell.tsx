import { Play } from 'lucide-react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { rowName } from '../people.ts'
import { useRow } from '../row-context.ts'
import styles from './cells.module.css'

export function RecordingsCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const { play, playing, zone } = useRow()
  const { id, recordings = [] } = engagement
  if (recordings.length === 0 || id === undefined) return <span className="muted">none</span>
  const live = playing === id
  const things = recordings.length === 1 ? 'recording' : `${recordings.length} recordings`
  return (
    <button
      type="button"
      data-play={id}
      className={`${styles.recordings} ${live ? styles.live : ''}`}
      aria-label={`${live ? 'In the player: ' : 'Play '}${things} of ${rowName(engagement, zone)}`}
      onClick={() => play(id, 1)}
    >
      <Play size={11} fill="currentColor" aria-hidden />
      <span className="num">{recordings.length}</span>
    </button>
  )
}
