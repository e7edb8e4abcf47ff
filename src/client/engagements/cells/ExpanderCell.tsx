import { ChevronRight } from 'lucide-react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { rowName } from '../people.ts'
import { useRow } from '../row-context.ts'
import { detailId } from '../row-ids.ts'
import styles from './cells.module.css'

export function ExpanderCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const { openId, toggle, zone } = useRow()
  const { id } = engagement
  // Without an id there is nothing to keep in the URL.
  if (id === undefined) return null
  const open = openId === id
  return (
    <button
      type="button"
      className={styles.expander}
      data-row-expander
      aria-expanded={open}
      aria-controls={open ? detailId(id) : undefined}
      aria-label={cellsTexts().details(rowName(engagement, zone))}
      onClick={() => toggle(id)}
    >
      <ChevronRight size={16} aria-hidden />
    </button>
  )
}
