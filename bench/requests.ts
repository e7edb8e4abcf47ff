/** The requests that are measured, as the API's query and as the statement behind it. */

import path from 'node:path'
import { type EngagementQuery, engagementQuery } from '../src/contract/query/engagement-query.ts'
import { type HistogramQuery, histogramQuery } from '../src/contract/query/histogram-query.ts'
import { busyAssociate } from '../src/server/demo/bench-engagements.ts'
import { openDatabase } from '../src/server/store/engine/sqlite/open-database.ts'
import { untilMs } from './dataset.ts'
import type { LeanRequest } from './lean-server.ts'

const base = engagementQuery.defaults
const monthMs = 30 * 86_400_000

export const requestQueries: Readonly<Record<string, EngagementQuery>> = {
  'limit=10': { ...base, limit: 10 },
  'limit=100': { ...base, limit: 100 },
  'one-user': { ...base, limit: 100, user: [busyAssociate] },
  'one-month-longest-first': {
    ...base,
    limit: 100,
    startAfter: untilMs - monthMs,
    startBefore: untilMs,
    sort: 'longest',
  },
}

/** What counts and histograms are asked of. */
export const wholeQueries: Readonly<Record<string, HistogramQuery>> = {
  'what is shown first': histogramQuery.defaults,
  'all of a month': {
    ...histogramQuery.defaults,
    status: 'all',
    startAfter: untilMs - monthMs,
    startBefore: untilMs,
  },
}

/** The baseline gets keys and plan ready-made: it looks up neither tenant nor person. */
export async function leanRequests(dataDir: string): Promise<Record<string, LeanRequest>> {
  const database = openDatabase(path.join(dataDir, 'hindsight.db'))
  const person = Number(database.prepare('select key from person where email = ?').get(busyAssociate)?.key)
  database.close()
  return Object.fromEntries(
    Object.entries(requestQueries).map(([name, query]) => [
      name,
      {
        shape: {
          sort: query.sort,
          status: query.status,
          users: query.user.length,
          startAfter: query.startAfter !== undefined,
          startBefore: query.startBefore !== undefined,
          endAfter: false,
          endBefore: false,
          asOf: false,
          plan: 'walk',
        },
        values: {
          tenant: 1,
          person0: person,
          startAfter: query.startAfter ?? null,
          startBefore: query.startBefore ?? null,
          rows: query.limit + 1,
          offset: query.offset,
          take: query.offset + query.limit + 1,
        },
        limit: query.limit,
      } satisfies LeanRequest,
    ]),
  )
}
