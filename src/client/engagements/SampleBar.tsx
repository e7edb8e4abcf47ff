import { Dices } from 'lucide-react'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { sampleTexts } from '../texts/en/sample.ts'
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
  const texts = sampleTexts()
  return (
    <nav className={styles.pager} aria-label={texts.sample}>
      <span className="muted">{texts.aboutSample}</span>
      <span className={styles.grow} />
      <Button onClick={() => onApply(drawSample(page, randomSeed(), undefined))}>
        <Dices size={15} aria-hidden /> {texts.nextSample}
      </Button>
      <Button onClick={() => onApply(leaveSample(page))}>{texts.leave}</Button>
    </nav>
  )
}
