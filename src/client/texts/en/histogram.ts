/** When the shown engagements started. */
import type { BucketLength } from '../../../contract/model/engagement-histogram.ts'
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const titles: Readonly<Record<BucketLength, string>> = {
  PT1M: 'Starts by minute',
  PT5M: 'Starts by 5 minutes',
  PT10M: 'Starts by 10 minutes',
  PT30M: 'Starts by half hour',
  PT1H: 'Starts by hour',
  PT2H: 'Starts by 2 hours',
  PT3H: 'Starts by 3 hours',
  PT6H: 'Starts by 6 hours',
  PT12H: 'Starts by 12 hours',
  P1D: 'Starts by day',
  P1W: 'Starts by week',
  P1M: 'Starts by month',
  P3M: 'Starts by 3 months',
  P1Y: 'Starts by year',
  P10Y: 'Starts by 10 years',
  P100Y: 'Starts by 100 years',
  P1000Y: 'Starts by 1000 years',
}

const english = {
  /** By how long a bar is. */
  titles,
  outcomes: { successful: 'successful', unsuccessful: 'unsuccessful', other: 'other' },
  counts: {
    successful: (count: number) => `${numberText(count)} successful`,
    unsuccessful: (count: number) => `${numberText(count)} unsuccessful`,
    other: (count: number) => `${numberText(count)} of other outcome`,
  },
  none: 'none',
  unknownStart: (count: number) => `${numberText(count)} without a start`,
  chosen: (bars: number, text: string) => `${numberText(bars)} chosen. ${text}`,
  keys: 'Arrows go from one to the next, with Shift they take in several. Enter shows those alone, Escape lets go.',
  showTable: 'Show as table',
  hideTable: 'Hide table',
  asTable: (title: string) => `${title}, as a table`,
  from: 'From',
  notDrawn: (why: string) => `When they started cannot be drawn. ${why}`,
  retry: 'Retry',
}

export type HistogramTexts = typeof english
export const histogramTexts = inLanguage('histogram', english)
