/** What the store keeps of an engagement beside its document. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { foldEmail } from '../../contract/query/param.ts'
import type { IncomingEngagement } from './engagement-writer.ts'
import type { StatusCode } from './schema.ts'
import { shortId } from './short-id.ts'
import { unknownStart } from './start-key.ts'

export interface Columns {
  readonly id: string
  readonly status: StatusCode
  readonly start: number | null
  readonly end: number | null
  readonly duration: number | null
}

export function columnsOf(engagement: IncomingEngagement['engagement']): Columns {
  const { id, status, startDate, endDate, duration } = engagement
  return {
    id,
    status: status === 'successful' ? 1 : status === 'unsuccessful' ? 0 : 2,
    start: startDate === undefined ? null : Date.parse(startDate),
    end: endDate === undefined ? null : Date.parse(endDate),
    duration: duration ?? null,
  }
}

/** As the tables have them. */
export interface PlacedColumns extends Pick<Columns, 'status' | 'end' | 'duration'> {
  readonly startKey: number
  readonly shortId: Uint8Array
}

export function placedColumns({ id, status, start, end, duration }: Columns): PlacedColumns {
  return { status, startKey: start ?? unknownStart, shortId: shortId(id), end, duration }
}

/** Folded, each once. A user without an address can be asked for by nobody. */
export function participants({ users }: EngagementV1): ReadonlySet<string> {
  return new Set(
    (users ?? []).flatMap(({ uri }) => (uri === undefined || uri === '' ? [] : [foldEmail(uri)])),
  )
}
