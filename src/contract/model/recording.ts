/** `RecordingV1`: what one participant's microphone and camera gave. */
import * as z from 'zod/mini'
import { amount, date, text, word } from './reading.ts'

export const contentsWords = ['AUDIO', 'AUDIOVIDEO', 'VIDEO'] as const

/** One of these, or a word we do not know yet. */
export const contentsWord = word(...contentsWords)

export const recordingV1 = z.looseObject({
  /** Where the recording can be downloaded: absolute, or a path on this host. */
  uri: text,
  /** Email address of the user in it. */
  user: text,
  /** When it began, ISO 8601 in UTC. */
  created: date,
  /** Seconds. */
  duration: amount,
  /** Bytes. */
  size: amount,
  contents: contentsWord,
})

export type RecordingV1 = z.infer<typeof recordingV1>
