/** How many engagements started when: the answer of `GET /v1/engagements/histogram/{tenant}` (ours). */
import * as z from 'zod/mini'

/** How long a bucket is, as ISO 8601 writes durations; from the shortest to the longest. */
export const bucketLengths = [
  'PT1M',
  'PT5M',
  'PT10M',
  'PT30M',
  'PT1H',
  'PT2H',
  'PT3H',
  'PT6H',
  'PT12H',
  'P1D',
  'P1W',
  'P1M',
  'P3M',
  'P1Y',
  'P10Y',
  'P100Y',
  'P1000Y',
] as const

export type BucketLength = (typeof bucketLengths)[number]

const startBucket = z.object({
  /** Its first and its last moment, ISO 8601 in UTC: as `startAfter` and `startBefore` they ask for what is in it. */
  start: z.string(),
  end: z.string(),
  successful: z.number(),
  unsuccessful: z.number(),
  /** Any other status, or none. */
  other: z.number(),
})

/** The fields in the order they are written in. */
export const engagementHistogramV1 = z.object({
  bucket: z.enum(bucketLengths),
  /** Engagements that match and have no start: they are in no bucket. */
  unknownStart: z.number(),
  /** In order, without gaps. XML has no empty list. */
  buckets: z._default(z.array(startBucket), []),
})

export type StartBucket = z.infer<typeof startBucket>
export type EngagementHistogramV1 = z.infer<typeof engagementHistogramV1>
