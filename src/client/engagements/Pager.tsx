import { ChevronFirst, ChevronLeft, ChevronRight } from 'lucide-react'
import { type PageQuery, pageRows } from '../../contract/query/page-query.ts'
import { useLacks } from '../source-parts.ts'
import { numberText } from '../texts/amounts.ts'
import { pageTexts } from '../texts/en/page.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './Pager.module.css'
import { applyChange, drawSample, sampleSize, turnTo } from './page-url.ts'
import { randomSeed } from './random-seed.ts'
import type { Counts } from './use-counts.ts'

interface PagerProps {
  readonly page: PageQuery
  /** Known to be more rows after these. */
  readonly hasMore: boolean
  readonly counts: Counts
  onApply(page: PageQuery): void
}

const sizes = [10, 25, pageRows, 100]

export function Pager({ page, hasMore, counts: { moment, total }, onApply }: PagerProps) {
  const texts = pageTexts()
  const samples = !useLacks().has('sample')
  const go = (offset: number) => onApply(turnTo(page, offset, moment))
  const first = page.offset === 0
  const offered = [...new Set([...sizes, page.limit])].toSorted((a, b) => a - b)
  const at = Math.floor(page.offset / page.limit) + 1
  const pages = total.kind === 'known' && total.count > 0 ? Math.ceil(total.count / page.limit) : undefined
  const enough = hasMore || page.offset > 0 || (total.kind === 'known' && total.count > sampleSize)
  return (
    <nav className={styles.pager} aria-label={texts.pages}>
      <Button icon aria-label={texts.firstPage} disabled={first} onClick={() => go(0)}>
        <ChevronFirst size={16} aria-hidden />
      </Button>
      <Button disabled={first} onClick={() => go(page.offset - page.limit)}>
        <ChevronLeft size={15} aria-hidden /> {texts.previous}
      </Button>
      <span className="muted num">
        {texts.page(at, pages === undefined ? undefined : Math.max(at, pages))}
      </span>
      <Button disabled={!hasMore} onClick={() => go(page.offset + page.limit)}>
        {texts.next} <ChevronRight size={15} aria-hidden />
      </Button>
      <span className={styles.grow} />
      {samples && enough && (
        <Button look="ghost" onClick={() => onApply(drawSample(page, randomSeed(), moment))}>
          {texts.draw(sampleSize)}
        </Button>
      )}
      <Select
        label={texts.rows}
        value={String(page.limit)}
        options={offered.map((size) => ({ value: String(size), label: numberText(size) }))}
        onChange={(size) => onApply(applyChange(page, { limit: Number(size) }))}
      />
    </nav>
  )
}
