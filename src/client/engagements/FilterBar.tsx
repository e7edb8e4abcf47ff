import { Columns3, Link } from 'lucide-react'
import {
  type EngagementQuery,
  type EngagementSort,
  engagementParams,
} from '../../contract/query/engagement-query.ts'
import { type PageQuery, pageQuery } from '../../contract/query/page-query.ts'
import { givenStatuses, useLacks } from '../source-parts.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { Button } from '../ui/Button.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Select } from '../ui/Select.tsx'
import { endedOf, exactRange, type RangeChoice, startedOf } from './applied-range.ts'
import { ExportButton } from './export/ExportButton.tsx'
import styles from './FilterBar.module.css'
import { PeopleField } from './PeopleField.tsx'
import { applyChange } from './page-url.ts'
import { RangeField } from './RangeField.tsx'
import { ViewsButton } from './views/ViewsButton.tsx'

interface FilterBarProps {
  readonly tenant: string
  readonly page: PageQuery
  /** What the page asks for at the moment. */
  readonly query: EngagementQuery
  readonly zone: string
  onApply(page: PageQuery): void
  onShare(): void
  onShowColumns(): void
}

const sorts = ['newest', 'oldest', 'longest', 'shortest'] as const satisfies readonly EngagementSort[]
const options = <V extends string>(values: readonly V[], labels: Record<V, string>) =>
  values.map((value) => ({ value, label: labels[value] }))

/** Status and sort apply at once; people and dates with Enter or Apply. Nothing here is kept but in the URL. */
export function FilterBar({ tenant, page, query, zone, onApply, onShare, onShowColumns }: FilterBarProps) {
  const texts = filtersTexts()
  const lacks = useLacks()
  const change = (part: Partial<PageQuery>) => onApply(applyChange(page, part))
  const ranges = { started: startedOf(query), ended: endedOf(query) }
  return (
    <search className={styles.filters} aria-label={texts.filters}>
      <Segmented
        label={texts.outcome}
        name="status"
        value={page.status}
        options={options(givenStatuses(lacks), texts.statuses)}
        onChange={(status) => change({ status })}
      />
      <PeopleField tenant={tenant} people={page.user} onChange={(user) => change({ user })} />
      <RangeField
        which="started"
        ranges={ranges}
        rolling={page.range}
        zone={zone}
        onApply={(choice) => change(startChange(choice))}
      />
      <RangeField
        which="ended"
        ranges={ranges}
        rolling={undefined}
        zone={zone}
        onApply={(choice) => {
          const { from, to } = exactRange(choice, zone)
          change({ endAfter: from, endBefore: to })
        }}
      />
      <Select
        label={texts.sort}
        value={page.sort}
        options={options(sorts, texts.sorts)}
        onChange={(sort) =>
          change({ sort: sorts.find((known) => known === sort) ?? engagementParams.sort.fallback })
        }
      />
      <div className={styles.actions}>
        <Button
          look="ghost"
          onClick={() => onApply({ ...pageQuery.defaults, tz: page.tz, cols: page.cols, limit: page.limit })}
        >
          {texts.reset}
        </Button>
        <span className={styles.grow} />
        <Button
          icon
          aria-label={texts.columns}
          title={texts.columns}
          aria-haspopup="dialog"
          onClick={onShowColumns}
        >
          <Columns3 size={16} aria-hidden />
        </Button>
        <ViewsButton tenant={tenant} page={page} zone={zone} onApply={onApply} />
        {!lacks.has('export') && <ExportButton tenant={tenant} page={page} zone={zone} />}
        <Button data-command="share" look="primary" onClick={onShare}>
          <Link size={15} aria-hidden /> {texts.share}
        </Button>
      </div>
    </search>
  )
}

function startChange(choice: RangeChoice): Partial<PageQuery> {
  return choice.kind === 'rolling'
    ? { range: choice.name, startAfter: undefined, startBefore: undefined }
    : { range: undefined, startAfter: choice.range.from, startBefore: choice.range.to }
}
