import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { cellsTexts } from '../../texts/en/cells.ts'
import styles from '../cells/cells.module.css'
import type { Selection } from './select.ts'

interface SelectPageProps {
  readonly engagements: readonly EngagementV1[]
  readonly selection: Selection
  onSelect(to: boolean): void
}

/** In the header: all rows of this page, or none. */
export function SelectPage({ engagements, selection, onSelect }: SelectPageProps) {
  const chosen = engagements.filter(({ id }) => id !== undefined && selection.has(id)).length
  const all = chosen > 0 && chosen === engagements.length
  return (
    <label className={styles.select}>
      <span className="visually-hidden">{cellsTexts().selectPage}</span>
      <input
        type="checkbox"
        checked={all}
        ref={(input) => {
          // No attribute says it.
          if (input) input.indeterminate = chosen > 0 && !all
        }}
        onChange={() => onSelect(!all)}
      />
    </label>
  )
}
