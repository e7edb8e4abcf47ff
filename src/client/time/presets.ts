/** The ranges people ask for most, as exact moments in the zone shown. */
import { tz } from '@date-fns/tz'
import { startOfISOWeek, startOfMonth } from 'date-fns'
import type { RollingRange } from '../../contract/query/page-query.ts'
import { startOfDay } from '../../contract/time/zone-days.ts'

export interface Range {
  readonly from: number | undefined
  readonly to: number | undefined
}

export const presets = [
  'today',
  'yesterday',
  '7d',
  '30d',
  '90d',
  'week',
  'month',
  'any',
] as const satisfies readonly (RollingRange | 'any')[]

export type PresetName = (typeof presets)[number]

/** Whole days of the zone, today included. Weeks begin on Monday. */
export function presetRange(name: PresetName, now: number, zone: string): Range {
  const day = (daysLater: number) => startOfDay(now, zone, daysLater)
  const since = (from: number): Range => ({ from, to: day(1) - 1 })
  switch (name) {
    case 'today':
      return since(day(0))
    case 'yesterday':
      return { from: day(-1), to: day(0) - 1 }
    case '7d':
      return since(day(-6))
    case '30d':
      return since(day(-29))
    case '90d':
      return since(day(-89))
    case 'week':
      return since(startOfISOWeek(now, { in: tz(zone) }).getTime())
    case 'month':
      return since(startOfMonth(now, { in: tz(zone) }).getTime())
    case 'any':
      return { from: undefined, to: undefined }
  }
}
