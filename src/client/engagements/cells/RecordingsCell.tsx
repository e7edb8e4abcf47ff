import { Play } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { heardText } from '../../player/heard.ts'
import { heardStore } from '../../player/heard-store.ts'
import { numberText } from '../../texts/amounts.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { rowName } from '../people.ts'
import { useRow } from '../row-context.ts'
import styles from './cells.module.css'
import { HeardBar } from './HeardBar.tsx'

export function RecordingsCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const { play, playing, tenant, zone } = useRow()
  const texts = cellsTexts()
  const { id, recordings = [] } = engagement
  const heard = useSyncExternalStore(heardStore.subscribe, () =>
    id === undefined ? undefined : heardStore.heardOf(tenant, id),
  )
  const told = heard && heardText(heard.spans, heard.lengthSeconds)
  if (recordings.length === 0 || id === undefined) return <span className="muted">{texts.noRecordings}</span>
  const live = playing === id
  const label = live ? texts.inPlayer : texts.play
  return (
    <button
      type="button"
      data-play={id}
      className={`${styles.recordings} ${live ? styles.live : ''}`}
      aria-label={label(recordings.length, rowName(engagement, zone))}
      title={told}
      onClick={() => play(id, 1)}
    >
      <Play size={11} fill="currentColor" aria-hidden />
      <span className="num">{numberText(recordings.length)}</span>
      {heard && told && <HeardBar heard={heard} />}
    </button>
  )
}
