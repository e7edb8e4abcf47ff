/** The page that a shared link opens, by what its sender chose. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import type { Lacks } from '../source-parts.ts'
import { queryAt } from './applied-range.ts'
import { playerClosed } from './page-url.ts'

export interface ShareChoices {
  /** `exact`: the engagements of the moment shown. `rolling`: whatever matches when the link is opened. */
  readonly rows: 'exact' | 'rolling'
  readonly emails: 'with' | 'without'
  readonly zone: 'sender' | 'receiver'
  /** The open engagement, with the recording and the second where there are any. */
  readonly opened: 'with' | 'without'
}

export function usualChoices(lacks: Lacks): ShareChoices {
  const rows = lacks.has('asOf') ? 'rolling' : 'exact'
  return { rows, emails: 'with', zone: 'sender', opened: 'with' }
}

/** What stands for other instants on another day, left out. An exact link has the instants that the API was asked for. */
const withoutRolling = { range: undefined } satisfies Partial<PageQuery>

/**
 * @param zone the one that times are shown in
 * @param cameAtMs when the page was come to, which its range is counted back from
 * @param moment of the rows that are shown, where it is known
 */
export function sharedPage(
  page: PageQuery,
  zone: string,
  moment: EpochMs | undefined,
  choices: ShareChoices,
  cameAtMs: EpochMs,
): PageQuery {
  const rows =
    choices.rows === 'exact'
      ? { ...page, ...withoutRolling, ...queryAt(page, cameAtMs), asOf: moment ?? page.asOf }
      : { ...page, asOf: undefined, offset: 0 }
  // Without its users it is another list, of which the rows that were paged to are not there.
  const others = choices.emails === 'without' && page.user.length > 0
  return {
    ...rows,
    ...(others && { user: [], offset: 0 }),
    ...(choices.opened === 'without' && { open: undefined, ...playerClosed }),
    n: undefined,
    tz: choices.zone === 'sender' ? zone : undefined,
  }
}
