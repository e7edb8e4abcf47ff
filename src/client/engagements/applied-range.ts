/** What the page's ranges are at a moment: a rolling one as the days it stands for, and whether both can be true at once. */
import type { EngagementFilter, EngagementQuery } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import {
  type ExactPage,
  engagementQueryOf,
  type PageQuery,
  type RollingRange,
} from '../../contract/query/page-query.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { presetRange, type Range } from '../time/presets.ts'
import { deviceZone } from '../time/zone.ts'

/** A range as it was chosen. */
export type RangeChoice =
  | { readonly kind: 'rolling'; readonly name: RollingRange }
  | { readonly kind: 'exact'; readonly range: Range }

/** The moments that a choice stands for now, for what does not roll. */
export function exactRange(choice: RangeChoice, zone: string): Range {
  return choice.kind === 'exact' ? choice.range : presetRange(choice.name, Date.now(), zone)
}

/** A page with the moments in place of its rolling range, which is made of whole days of the zone shown. */
export function exactPage(page: PageQuery, now: EpochMs): ExactPage {
  if (page.range === undefined) return { ...page, range: undefined }
  const { from, to } = presetRange(page.range, now, page.tz ?? deviceZone())
  return { ...page, range: undefined, startAfter: from, startBefore: to }
}

/** What the page asks for at a moment: the same until the next day. */
export function queryAt(page: PageQuery, now: EpochMs): EngagementQuery {
  return engagementQueryOf(exactPage(page, now))
}

/** Why nothing can match both ranges; nothing where something can. Such a query is never sent. */
export function contradictionOf(started: Range, ended: Range): string | undefined {
  return started.from !== undefined && ended.to !== undefined && ended.to < started.from
    ? filtersTexts().endedBeforeStarted
    : undefined
}

export function contradictionIn(query: EngagementFilter): string | undefined {
  return contradictionOf(startedOf(query), endedOf(query))
}

export function startedOf({ startAfter, startBefore }: EngagementFilter): Range {
  return { from: startAfter, to: startBefore }
}

export function endedOf({ endAfter, endBefore }: EngagementFilter): Range {
  return { from: endAfter, to: endBefore }
}
