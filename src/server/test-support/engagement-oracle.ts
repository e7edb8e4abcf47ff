/** Pages and counts worked out in plain code over rows in memory, and random rows and queries to try them with. */
import fc from 'fast-check'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { formatInstant } from '../../contract/query/instant.ts'

export type OracleRow = EngagementV1 & { readonly id: string }

export const emails = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']
const day = 86_400_000
const base = Date.UTC(2026, 0, 1)

// Few distinct starts and durations, so that ties are the rule and the id has to break them.
const moment = fc.integer({ min: 0, max: 12 }).map((n) => base + n * (day / 4))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 6 })

export const rowArbitrary: fc.Arbitrary<OracleRow> = fc
  .record({
    id: fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
    start: maybe(moment),
    lasts: maybe(fc.integer({ min: 0, max: 5 })),
    open: fc.boolean(),
    status: fc.constantFrom('successful', 'successful', 'unsuccessful', 'parked', undefined),
    users: fc.uniqueArray(fc.constantFrom(...emails, 'A@X.example'), { maxLength: 3 }),
  })
  .map(({ id, start, lasts, open, status, users }) => ({
    ...(start !== undefined && { startDate: formatInstant(start) }),
    ...(start !== undefined && !open && { endDate: formatInstant(start + (lasts ?? 0) * (day / 8)) }),
    id,
    ...(lasts !== undefined && { duration: lasts }),
    users: users.map((uri) => ({ uri, association: 'MEMBER' })),
    ...(status !== undefined && { status }),
    associateInitiated: false,
  }))

// A day's first and last moments, and the ones beside them, are where whole days end.
const bound = fc.tuple(moment, fc.constantFrom(-1, 0, 0, 1)).map(([at, beside]) => at + beside)

/** Without a moment to look back to. */
export const queryArbitrary: fc.Arbitrary<EngagementQuery> = fc
  .record({
    status: fc.constantFrom('successful', 'unsuccessful', 'all'),
    user: fc.uniqueArray(fc.constantFrom(...emails, 'nobody@x.example'), { maxLength: 3 }),
    starts: fc.tuple(maybe(bound), maybe(bound)),
    ends: fc.tuple(maybe(bound), maybe(bound)),
    limit: fc.integer({ min: 1, max: 12 }),
    offset: fc.integer({ min: 0, max: 40 }),
    sort: fc.constantFrom('newest', 'oldest', 'shortest', 'longest'),
  })
  .map(({ starts, ends, ...rest }) => {
    const [startAfter, startBefore] = ordered(starts)
    const [endAfter, endBefore] = ordered(ends)
    return { ...rest, startAfter, startBefore, endAfter, endBefore, asOf: undefined }
  })

function ordered([a, b]: [number | undefined, number | undefined]): [number | undefined, number | undefined] {
  return a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]
}

/** The contract's section 1, read literally. @param rows those that had arrived by `asOf` */
export function oracle(
  rows: readonly OracleRow[],
  query: EngagementQuery,
): { count: number; hasMore: boolean; ids: string[] } {
  const at = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text))
  const within = (value: number | undefined, from: number | undefined, to: number | undefined) =>
    (from === undefined && to === undefined) ||
    (value !== undefined && (from === undefined || value >= from) && (to === undefined || value <= to))
  const key = (row: OracleRow) =>
    query.sort === 'newest' || query.sort === 'oldest' ? at(row.startDate) : row.duration
  const sign = query.sort === 'newest' || query.sort === 'longest' ? -1 : 1
  const byId = (a: OracleRow, b: OracleRow) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id))
  const matching = rows
    .filter((row) => query.status === 'all' || row.status === query.status)
    .filter(
      (row) =>
        query.user.length === 0 ||
        (row.users ?? []).some(({ uri }) => query.user.includes((uri ?? '').toLowerCase())),
    )
    .filter((row) => within(at(row.startDate), query.startAfter, query.startBefore))
    .filter((row) => within(at(row.endDate), query.endAfter, query.endBefore))
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)]
      if (left === undefined || right === undefined) {
        return left === right ? sign * byId(a, b) : left === undefined ? 1 : -1
      }
      return left === right ? sign * byId(a, b) : sign * (left - right)
    })
  const page = matching.slice(query.offset, query.offset + query.limit)
  const hasMore = matching.length > query.offset + query.limit
  return { count: matching.length, hasMore, ids: page.map(({ id }) => id) }
}
