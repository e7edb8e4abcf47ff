import { Dices } from 'lucide-react'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Pager.module.css'
import { drawSample, leaveSample } from './page-url.ts'
import { randomSeed } from './random-seed.ts'

interface SampleBarProps {
  readonly page: PageQuery
  onApply(page: PageQuery): void
}

/** In the place of the pager while a sample is shown. */
export function SampleBar({ page, onApply }: SampleBarProps) {
  return (
    <nav className={styles.pager} aria-label="Sample">
      <span className="muted">A random sample: its link shows the same engagements to everybody</span>
      <span className={styles.grow} />
      <Button onClick={() => onApply(drawSample(page, randomSeed(), undefined))}>
        <Dices size={15} aria-hidden /> Next sample
      </Button>
      <Button onClick={() => onApply(leaveSample(page))}>Leave the sample</Button>
    </nav>
  )
}
