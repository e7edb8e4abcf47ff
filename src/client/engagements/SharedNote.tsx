import type { PageQuery } from '../../contract/query/page-query.ts'
import { deviceZone } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { applyChange } from './page-url.ts'
import styles from './SharedNote.module.css'
import { numberText } from './sentence.ts'

interface SharedNoteProps {
  readonly page: PageQuery
  /** How many there were when the link was made. */
  readonly shared: number
  /** How many there are; absent until it is known. */
  readonly present: number | undefined
  onApply(page: PageQuery): void
}

/** To whoever was sent an exact link: what has become of the list since, and whose zone the times are in. */
export function SharedNote({ page, shared, present, onApply }: SharedNoteProps) {
  const own = deviceZone()
  return (
    <div className={styles.note}>
      <p role="status">
        <strong className="num">
          {numberText(shared)} when shared{present === undefined ? '' : `, ${numberText(present)} now`}
        </strong>
        {present !== undefined && present !== shared && (
          <Button look="link" onClick={() => onApply(applyChange(page, { asOf: undefined }))}>
            Show all {numberText(present)}
          </Button>
        )}
      </p>
      {page.tz === undefined || page.tz === own ? (
        <p className="muted">Times are in {own}, your own zone.</p>
      ) : (
        <p className="muted">
          Times are in {page.tz}, the zone of whoever shared this.{' '}
          <Button look="link" onClick={() => onApply({ ...page, tz: undefined })}>
            Show them in {own}
          </Button>
        </p>
      )}
    </div>
  )
}
