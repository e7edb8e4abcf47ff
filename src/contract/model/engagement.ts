/** `EngagementV1`: one past call or video call between a customer and associates. */
import * as z from 'zod/mini'
import { amount, date, flag, jsonText, listOf, text, word } from './reading.ts'
import { contentsWord, recordingV1 } from './recording.ts'
import { engagementUserV1 } from './user.ts'

export const releaseStates = ['connected', 'attempted'] as const
export const statuses = ['successful', 'unsuccessful'] as const

/** The fields in the contract's order, which is the order they are written in. Unknown fields are kept, after these. */
export const engagementV1 = z.looseObject({
  startDate: date,
  /** Absent while the engagement is still open. */
  endDate: date,
  /** Unique in the tenant. */
  id: text,
  /** Seconds. */
  duration: amount,
  contents: contentsWord,
  /** The context attributes; where it parses as a JSON object they are its keys and values. */
  context: jsonText,
  users: listOf(engagementUserV1),
  recordings: listOf(recordingV1),
  /** `connected` (answered) or `attempted` (not answered). */
  releaseState: word(...releaseStates),
  /** `successful` or `unsuccessful`. */
  status: word(...statuses),
  /** Seconds in the queue before being answered. */
  pendingTime: amount,
  assignedTeam: text,
  /** Started by the associate (true) or the customer (false). */
  associateInitiated: flag,
  /** Why it failed or was unsuccessful. */
  reason: text,
})

export type EngagementV1 = z.infer<typeof engagementV1>

/** One page of engagements. There is no total. */
export interface EngagementListV1 {
  /** More rows after this page. */
  readonly hasMore: boolean
  readonly engagements: readonly EngagementV1[]
}
