import { ChevronFirst, ChevronLeft, ChevronRight } from 'lucide-react'
import { type PageQuery, pageRows } from '../../contract/query/page-query.ts'
import { Button } from '../ui/Button.tsx'
import { Select } from '../ui/Select.tsx'
import styles from './Pager.module.css'
import { applyChange } from './page-url.ts'

interface PagerProps {
  readonly page: PageQuery
  /** Known to be more rows after these. */
  readonly hasMore: boolean
  onApply(page: PageQuery): void
}

const sizes = [10, 25, pageRows, 100]

export function Pager({ page, hasMore, onApply }: PagerProps) {
  const go = (offset: number) => onApply(applyChange(page, { offset: Math.max(0, offset) }))
  const first = page.offset === 0
  const offered = [...new Set([...sizes, page.limit])].toSorted((a, b) => a - b)
  return (
    <nav className={styles.pager} aria-label="Pages">
      <Button icon aria-label="First page" disabled={first} onClick={() => go(0)}>
        <ChevronFirst size={16} aria-hidden />
      </Button>
      <Button disabled={first} onClick={() => go(page.offset - page.limit)}>
        <ChevronLeft size={15} aria-hidden /> Previous
      </Button>
      <span className="muted num">Page {Math.floor(page.offset / page.limit) + 1}</span>
      <Button disabled={!hasMore} onClick={() => go(page.offset + page.limit)}>
        Next <ChevronRight size={15} aria-hidden />
      </Button>
      <span className={styles.grow} />
      <Select
        label="Rows"
        value={String(page.limit)}
        options={offered.map((size) => ({ value: String(size), label: String(size) }))}
        onChange={(size) => onApply(applyChange(page, { limit: Number(size) }))}
      />
    </nav>
  )
}
