/** Ranges of time in words. */
import type { RollingRange } from '../../../contract/query/page-query.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  presets: {
    today: 'Today',
    yesterday: 'Yesterday',
    '7d': 'Last 7 days',
    '30d': 'Last 30 days',
    '90d': 'Last 90 days',
    week: 'This week',
    month: 'This month',
    any: 'Any time',
  } satisfies Record<RollingRange | 'any', string>,
  /** What stands after "started". */
  rolling: {
    today: 'today',
    yesterday: 'yesterday',
    '7d': 'in the last 7 days',
    '30d': 'in the last 30 days',
    '90d': 'in the last 90 days',
    week: 'this week',
    month: 'this month',
  } satisfies Record<RollingRange, string>,
  // These stand after "started" and "ended" as well, and by themselves.
  anyTime: 'any time',
  until: (at: string) => `until ${at}`,
  since: (at: string) => `since ${at}`,
  at: (at: string) => at,
  between: (first: string, last: string) => `${first} – ${last}`,
  now: 'now',
}

export type TimesTexts = typeof english
export const timesTexts = inLanguage('times', english)
