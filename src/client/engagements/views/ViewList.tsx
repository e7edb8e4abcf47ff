import type { PageQuery } from '../../../contract/query/page-query.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import type { ChosenView } from './chosen-view.ts'
import type { KnownView, Views } from './use-views.ts'
import { ViewRow } from './ViewRow.tsx'
import styles from './ViewsPopover.module.css'

interface ViewListProps {
  readonly title: string
  readonly tenant: string
  readonly known: readonly KnownView[]
  readonly chosen: ChosenView | undefined
  readonly views: Views
  readonly zone: string
  onOpen(page: PageQuery): void
  onDone(told: string): void
}

/** The views of one place. */
export function ViewList({ title, known, ...rest }: ViewListProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {known.length === 0 && <p className="muted">{viewsTexts().none}</p>}
      <ul>
        {known.map((view) => (
          <ViewRow key={view.id} view={view} {...rest} />
        ))}
      </ul>
    </section>
  )
}
