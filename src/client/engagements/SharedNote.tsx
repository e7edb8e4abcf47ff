import type { PageQuery } from '../../contract/query/page-query.ts'
import { sharedNoteTexts } from '../texts/en/shared-note.ts'
import { deviceZone } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { applyChange } from './page-url.ts'
import styles from './SharedNote.module.css'

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
  const texts = sharedNoteTexts()
  const own = deviceZone()
  return (
    <div className={styles.note}>
      <p role="status">
        <strong className="num">{texts.since(shared, present)}</strong>
        {present !== undefined && present !== shared && (
          <Button look="link" onClick={() => onApply(applyChange(page, { asOf: undefined }))}>
            {texts.showAll(present)}
          </Button>
        )}
      </p>
      {page.tz === undefined || page.tz === own ? (
        <p className="muted">{texts.ownZone(own)}</p>
      ) : (
        <p className="muted">
          {texts.sharersZone(page.tz)}{' '}
          <Button look="link" onClick={() => onApply({ ...page, tz: undefined })}>
            {texts.showIn(own)}
          </Button>
        </p>
      )}
    </div>
  )
}
