import { useQuery } from '@tanstack/react-query'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { filterOf, type PageQuery } from '../../contract/query/page-query.ts'
import { engagementCountOptions } from '../api/queries.ts'
import { useLacks } from '../source-parts.ts'
import { numberText } from '../texts/amounts.ts'
import { emptyTexts } from '../texts/en/empty.ts'
import { Button } from '../ui/Button.tsx'
import { contradictionIn, exactPage } from './applied-range.ts'
import type { AppliedFilter } from './filters.ts'
import { turnTo } from './page-url.ts'
import styles from './States.module.css'
import { waysOut } from './ways-out.ts'

interface EmptyStateProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly query: EngagementQuery
  readonly zone: string
  onApply(page: PageQuery): void
}

/** Nothing matched: what was asked, and what leaving each part of it out would bring. */
export function EmptyState({ tenant, page, query, zone, onApply }: EmptyStateProps) {
  const texts = emptyTexts()
  const lacks = useLacks()
  const contradiction = contradictionIn(query)
  if (page.offset > 0 && contradiction === undefined) {
    return (
      <div className={styles.state}>
        <p className={styles.headline}>{texts.pastTheEnd}</p>
        <p className="muted">{texts.endsBefore(page.offset + 1)}</p>
        <Button look="primary" onClick={() => onApply(turnTo(page, 0, undefined))}>
          {texts.toFirstPage}
        </Button>
      </div>
    )
  }
  const ways = waysOut(page, query, zone, lacks)
  return (
    <div className={styles.state}>
      <p className={styles.headline}>{contradiction ?? texts.noMatch}</p>
      {ways.length === 0 ? (
        <p className="muted">{texts.noneYet}</p>
      ) : (
        <>
          <p className="muted">{texts.takeAway}</p>
          <ul className={styles.ways}>
            {ways.map((way) => (
              <li key={way.key}>
                <WayOut tenant={tenant} way={way} onApply={onApply} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

interface WayOutProps {
  readonly tenant: string
  readonly way: AppliedFilter
  onApply(page: PageQuery): void
}

/** One click, with what it would bring: counted apart, since the way is open before it is known, and when it cannot be. */
function WayOut({ tenant, way, onApply }: WayOutProps) {
  const texts = emptyTexts()
  const filter = filterOf(exactPage(way.without, Date.now()))
  const contradicted = contradictionIn(filter) !== undefined
  const counts = !useLacks().has('count')
  const counted = useQuery({ ...engagementCountOptions(tenant, filter), enabled: counts && !contradicted })
  const count = contradicted ? { ...counted, data: 0 } : counted
  return (
    <>
      <Button onClick={() => onApply(way.without)}>
        {way.text}
        {counts && (
          <span className={`${styles.brings} num`}>
            {count.data !== undefined ? numberText(count.data) : count.isError ? texts.notCounted : '…'}
          </span>
        )}
      </Button>
      {counts && count.isError && (
        <Button look="link" title={count.error.message} onClick={() => void count.refetch()}>
          {texts.countAgain}
        </Button>
      )}
    </>
  )
}
