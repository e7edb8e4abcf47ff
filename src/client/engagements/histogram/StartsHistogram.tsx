import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { EngagementQuery } from '../../../contract/query/engagement-query.ts'
import { histogramOptions } from '../../api/queries.ts'
import { numberText } from '../../texts/amounts.ts'
import { histogramTexts } from '../../texts/en/histogram.ts'
import { formatTime } from '../../time/zone.ts'
import { Button } from '../../ui/Button.tsx'
import { outcomes } from './bucket-text.ts'
import chart from './HistogramChart.module.css'
import { HistogramChart } from './HistogramChart.tsx'
import styles from './StartsHistogram.module.css'

interface StartsHistogramProps {
  readonly tenant: string
  readonly query: EngagementQuery
  readonly zone: string
  /** The rows are there: they come first. */
  readonly ready: boolean
  /** @param range both inclusive */
  onNarrow(range: { readonly startAfter: number; readonly startBefore: number }): void
}

/** Bars below this width could not be told apart by a finger. */
const narrowScreen = 640
const fewBuckets = 60

/** When the engagements of the applied query started. Where that cannot be had, the page does without. */
export function StartsHistogram({ tenant, query, zone, ready, onNarrow }: StartsHistogramProps) {
  const texts = histogramTexts()
  const id = useId()
  const [narrow] = useState(() => window.innerWidth < narrowScreen)
  const { limit: _limit, offset: _offset, sort: _sort, ...filter } = query
  const most = narrow ? fewBuckets : undefined
  const histogram = useQuery({ ...histogramOptions(tenant, { filter, tz: zone, most }), enabled: ready })
  const [tableShown, setTableShown] = useState(false)
  if (histogram.data === undefined) {
    return histogram.isError ? (
      <p className={`${styles.note} muted`}>
        {texts.notDrawn(histogram.error.message)}{' '}
        <Button look="link" onClick={() => void histogram.refetch()}>
          {texts.retry}
        </Button>
      </p>
    ) : (
      <div className={styles.space} />
    )
  }
  if (histogram.data === null || histogram.data.buckets.length === 0) return null
  const { bucket, buckets, unknownStart } = histogram.data
  const title = texts.titles[bucket]
  const present = outcomes.filter((outcome) => buckets.some((one) => one[outcome] > 0))
  return (
    <section className={styles.histogram} aria-label={title}>
      <div className={styles.head}>
        <span>{title}</span>
        {present.map((outcome) => (
          <span key={outcome} className={styles.key}>
            <span className={`${styles.swatch} ${chart[outcome]}`} aria-hidden />
            {texts.outcomes[outcome]}
          </span>
        ))}
        {unknownStart > 0 && <span>{texts.unknownStart(unknownStart)}</span>}
        <Button
          look="link"
          aria-expanded={tableShown}
          aria-controls={`${id}-table`}
          onClick={() => setTableShown(!tableShown)}
        >
          {tableShown ? texts.hideTable : texts.showTable}
        </Button>
      </div>
      <HistogramChart
        label={title}
        buckets={buckets}
        zone={zone}
        dimmed={histogram.isPlaceholderData || !ready}
        onNarrow={({ start }, { end }) =>
          onNarrow({ startAfter: Date.parse(start), startBefore: Date.parse(end) })
        }
      />
      {tableShown && (
        // A region that scrolls is to be reached by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: as said
        <section id={`${id}-table`} className={styles.table} aria-label={texts.asTable(title)} tabIndex={0}>
          <table className="num">
            <thead>
              <tr>
                <th scope="col">{texts.from}</th>
                {present.map((outcome) => (
                  <th key={outcome} scope="col">
                    {texts.outcomes[outcome]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {buckets.map((one) => (
                <tr key={one.start}>
                  <th scope="row">{formatTime(Date.parse(one.start), zone, 'dateTime')}</th>
                  {present.map((outcome) => (
                    <td key={outcome}>{numberText(one[outcome])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
