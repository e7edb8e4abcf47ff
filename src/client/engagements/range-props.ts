/** What the button of a range and its editor both need. */
import type { RollingRange } from '../../contract/query/page-query.ts'
import type { Range } from '../time/presets.ts'
import type { RangeChoice } from './applied-range.ts'

export interface RangeFieldProps {
  readonly which: 'started' | 'ended'
  /** Both that are applied, as exact moments. */
  readonly ranges: Readonly<Record<'started' | 'ended', Range>>
  /** Where the applied one came from; absent: from moments. */
  readonly rolling: RollingRange | undefined
  readonly zone: string
  onApply(choice: RangeChoice): void
}
