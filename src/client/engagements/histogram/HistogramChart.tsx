import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react'
import type { StartBucket } from '../../../contract/model/engagement-histogram.ts'
import { histogramTexts } from '../../texts/en/histogram.ts'
import { type Brush, brushed, brushKey, bucketAt } from './brush.ts'
import { axisMarks, countsText, outcomes, sizeOf, spanText } from './bucket-text.ts'
import styles from './HistogramChart.module.css'

interface HistogramChartProps {
  readonly label: string
  readonly buckets: readonly StartBucket[]
  readonly zone: string
  /** Of another query than the one that is asked for now. */
  readonly dimmed: boolean
  onNarrow(first: StartBucket, last: StartBucket): void
}

/** The bars, to be chosen from by dragging over them or by keys: a list box of buckets. */
export function HistogramChart({ label, buckets, zone, dimmed, onNarrow }: HistogramChartProps) {
  const texts = histogramTexts()
  const id = useId()
  // What was chosen among other buckets is nothing among these.
  const [chosen, setChosen] = useState<{ readonly of: readonly StartBucket[]; readonly brush: Brush }>()
  const [pointer, setPointer] = useState<{ readonly at: number; readonly pressed: boolean }>()
  const brush = chosen?.of === buckets ? chosen.brush : undefined
  const range = brush && brushed(brush)
  const tallest = Math.max(1, ...buckets.map(sizeOf))

  const choose = (next: Brush | undefined) => setChosen(next && { of: buckets, brush: next })
  const apply = (applied: Brush) => {
    const { first, last } = brushed(applied)
    const [from, to] = [buckets[first], buckets[last]]
    choose(undefined)
    if (from && to) onNarrow(from, to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const effect = brushKey(brush, event, buckets.length)
    if (effect.kind === 'none') return
    event.preventDefault()
    if (effect.kind === 'choose') choose(effect.brush)
    else if (effect.kind === 'cancel') choose(undefined)
    else if (brush) apply(brush)
  }
  const bucketUnder = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return bucketAt(clientX - left, width, buckets.length)
  }
  const told = range ?? (pointer && { first: pointer.at, last: pointer.at })
  const toldBuckets = told ? buckets.slice(told.first, told.last + 1) : []
  const [first, last] = [toldBuckets[0], toldBuckets.at(-1)]
  const text = first && last && `${spanText(first, last, zone)}: ${countsText(toldBuckets)}`

  return (
    <div className={styles.chart} data-dimmed={dimmed}>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable
        aria-orientation="horizontal"
        aria-describedby={`${id}-keys`}
        aria-activedescendant={brush && `${id}-${brush.head}`}
        className={styles.bars}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = bucketUnder(event)
          setPointer({ at, pressed: true })
          choose({ anchor: at, head: at })
        }}
        onPointerMove={(event) => {
          const at = bucketUnder(event)
          setPointer({ at, pressed: pointer?.pressed ?? false })
          if (pointer?.pressed && brush) choose({ anchor: brush.anchor, head: at })
        }}
        onPointerUp={() => {
          if (pointer?.pressed && brush) apply(brush)
          setPointer(undefined)
        }}
        onPointerCancel={() => {
          setPointer(undefined)
          choose(undefined)
        }}
        onPointerLeave={() => {
          if (!pointer?.pressed) setPointer(undefined)
        }}
      >
        {buckets.map((bucket, n) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the list box has the focus, and names the option that is meant
          <div
            key={bucket.start}
            id={`${id}-${n}`}
            role="option"
            aria-selected={range !== undefined && n >= range.first && n <= range.last}
            aria-label={`${spanText(bucket, bucket, zone)}: ${countsText([bucket])}`}
            className={styles.bucket}
            data-pointed={pointer?.at === n}
          >
            {outcomes.map((outcome) =>
              bucket[outcome] === 0 ? null : (
                <span
                  key={outcome}
                  className={styles[outcome]}
                  style={{ height: `${(100 * bucket[outcome]) / tallest}%` }}
                />
              ),
            )}
          </div>
        ))}
      </div>
      <div className={`${styles.axis} num`} aria-hidden>
        {axisMarks(buckets, zone).map(({ at, text: mark }) => (
          <span key={at}>{mark}</span>
        ))}
      </div>
      {text && (
        <p
          className={`${styles.tip} num`}
          aria-hidden
          style={beside((told?.first ?? 0) / buckets.length, ((told?.last ?? 0) + 1) / buckets.length)}
        >
          {text}
        </p>
      )}
      <p id={`${id}-keys`} className="visually-hidden">
        {texts.keys}
      </p>
      <p className="visually-hidden" role="status">
        {range && range.last > range.first && text ? texts.chosen(range.last - range.first + 1, text) : ''}
      </p>
    </div>
  )
}

/** Where the tip stands, on the side that has more room. @param from of the whole width, 0 to 1 */
function beside(from: number, to: number): { left: string } | { right: string } {
  return from + to < 1 ? { left: `${100 * from}%` } : { right: `${100 * (1 - to)}%` }
}
