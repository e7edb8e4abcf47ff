/** `EngagementUserV1`: one person of an engagement. */
import * as z from 'zod/mini'
import { text, word } from './reading.ts'

export const associations = ['CREATOR', 'MEMBER'] as const

export const engagementUserV1 = z.looseObject({
  /** The user's email address. */
  uri: text,
  /** `CREATOR` (the end-user, the customer), `MEMBER` (the associate), or a word we do not know yet. */
  association: word(...associations),
})

export type EngagementUserV1 = z.infer<typeof engagementUserV1>
