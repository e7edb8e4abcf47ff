import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import { rowName } from '../people.ts'
import { useRow } from '../row-context.ts'
import styles from './cells.module.css'

export function SelectCell({ engagement }: { readonly engagement: EngagementV1 }) {
  const { selection, select, zone } = useRow()
  const { id } = engagement
  // Without an id it could not be told from others on the next page.
  if (id === undefined) return null
  return (
    <label className={styles.select}>
      <span className="visually-hidden">{cellsTexts().select(rowName(engagement, zone))}</span>
      <input
        type="checkbox"
        data-row-select
        checked={selection.has(id)}
        onChange={({ nativeEvent }) =>
          select(engagement, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </label>
  )
}
