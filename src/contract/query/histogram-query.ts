/** The query of `GET /v1/engagements/histogram/{tenant}` (ours): which engagements, and how finely they are told apart. */
import { defineQuery, type Params, type Rule, type ValuesOf } from './define-query.ts'
import { filterParams, filterRules } from './engagement-query.ts'
import { wholeNumber } from './param.ts'
import { zone } from './zone.ts'

const mostBuckets = 400
/** The longest range there is, in buckets of the longest kind, has no more. */
const fewestBuckets = 12

const histogramParams = {
  ...filterParams,
  tz: zone('The zone whose days, weeks and months the buckets are; absent: UTC.'),
  buckets: wholeNumber(
    { min: fewestBuckets, max: mostBuckets },
    200,
    'Buckets to return at most: the shortest kind is taken of which there are no more.',
  ),
} satisfies Params

const histogramRules: readonly Rule<typeof histogramParams>[] = filterRules

export const histogramQuery = defineQuery(histogramParams, histogramRules)

export type HistogramQuery = ValuesOf<typeof histogramParams>
