/** Counts that are kept of starts and durations, against the rows. */
import { type CheckedTenant, type Finding, findingOf } from '../../check/finding.ts'
import { countedDurations, countedStarts } from './recount.ts'
import { unitCodes } from './start-counts.ts'
import type { Row, Run } from './transactions.ts'

const starts = `(select status, unit, at, engagements, ended, shortest_ms, longest_ms from start_count where tenant = $1) as k
  full join (${countedStarts}) as c using (status, unit, at)`
const place = `case unit when ${unitCodes.day} then 'day ' || at || ' since 1970'
  when ${unitCodes.hour} then 'hour ' || at || ' since 1970' else 'no start' end`
const differing = (column: string, more = 'true') =>
  `select status, ${place}, coalesce(k.${column}, 0), coalesce(c.${column}, 0) from ${starts}
    where coalesce(k.${column}, 0) <> coalesce(c.${column}, 0) and ${more} order by status, unit, at`

interface Compared {
  /** What is kept. */
  readonly what: string
  /** Each row: status, where, what is kept and what the rows are. */
  readonly sql: string
  /** It has always been kept: an earlier version of ours goes by it. */
  readonly always?: true
}

const compared: readonly Compared[] = [
  {
    what: 'counts of starts',
    sql: differing('engagements', `unit <> ${unitCodes.none}`),
    always: true,
  },
  { what: 'counts of what has no start', sql: differing('engagements', `unit = ${unitCodes.none}`) },
  { what: 'counts of what has an end', sql: differing('ended') },
  {
    what: 'bounds of lengths',
    sql: `select status, ${place}, format('%s to %s ms', k.shortest_ms, k.longest_ms),
        format('%s to %s ms', c.shortest_ms, c.longest_ms) from ${starts}
      where unit = ${unitCodes.day} and c.shortest_ms is not null
        and (k.shortest_ms <= c.shortest_ms and k.longest_ms >= c.longest_ms) is not true order by status, at`,
  },
  {
    what: 'counts of durations',
    sql: `select status, seconds || ' seconds', coalesce(k.engagements, 0), coalesce(c.engagements, 0)
      from (select status, seconds, engagements from duration_count where tenant = $1) as k
        full join (${countedDurations}) as c using (status, seconds)
      where coalesce(k.engagements, 0) <> coalesce(c.engagements, 0) order by status, seconds`,
  },
]

/** What is kept of rows as they were before is used by nobody, and counted anew once it is wanted. */
export async function checkCounts(run: Run, tenant: CheckedTenant): Promise<readonly Finding[]> {
  const ask = (sql: string) => run({ sql, parameters: [tenant.key] }, {})
  const [[isOfPresent] = []] = await ask('select counted_version = version from tenant where key = $1')
  const found: { readonly what: string; readonly rows: readonly Row[] }[] = []
  for (const { what, sql, always } of compared)
    if (always || isOfPresent === true) found.push({ what, rows: await ask(sql) })
  return ([1, 0, 2] as const).flatMap((status) =>
    found.flatMap(({ what, rows }) =>
      findingOf(
        tenant,
        status,
        `kept ${what} differ from the rows`,
        rows
          .filter(([of]) => of === status)
          .map(([, where, kept, there]) => `of ${where} it is ${kept}, the rows are ${there}`),
        'rollups',
      ),
    ),
  )
}
