/**
 * How each engagement was last listened to on this device: where, how fast and with which mix. Anything there may have been
 * written by anybody, so all of it is checked; what does not pass is as if it had never been remembered.
 */
import * as z from 'zod/mini'
import { readDevice, writeDevice } from '../ui/keys.ts'
import { type Speed, speeds } from './speeds.ts'
import type { Mix } from './sync/mix.ts'

const memoryKey = 'hindsight.listening'
const keptEngagements = 200

export interface Listening {
  /** Seconds from the beginning of the engagement's timeline. */
  readonly positionSeconds: number
  readonly speed: Speed
  readonly mix: Mix
  readonly listenedAtMs: number
}

const lane = z.number().check(z.int(), z.nonnegative())
const volume = z.number().check(z.minimum(0), z.maximum(1))
const listening = z.object({
  positionSeconds: z.number().check(z.nonnegative()),
  speed: z.literal(speeds),
  mix: z.object({
    muted: z.array(lane),
    solo: z.optional(lane),
    volumes: z.record(z.string().check(z.regex(/^\d{1,3}$/)), volume),
  }),
  listenedAtMs: z.number(),
})

// A list and not an object by id: the order is what tells the oldest, and an object moves keys such as "7" to its front.
const entry = z.object({ tenant: z.string(), id: z.string(), listening })

type Entry = z.infer<typeof entry>

/** @returns undefined for an engagement that was not heard here, or too long ago */
export function recallListening(tenant: string, id: string): Listening | undefined {
  return recallEntries().find((known) => known.tenant === tenant && known.id === id)?.listening
}

export function rememberListening(
  tenant: string,
  id: string,
  heard: Omit<Listening, 'listenedAtMs'>,
  nowMs = Date.now(),
): void {
  const others = recallEntries().filter((known) => known.tenant !== tenant || known.id !== id)
  const positionSeconds = Math.round(heard.positionSeconds * 10) / 10
  const latest = { tenant, id, listening: { ...heard, positionSeconds, listenedAtMs: nowMs } }
  writeDevice(memoryKey, JSON.stringify([...others.slice(1 - keptEngagements), latest]))
}

/** Oldest first. */
function recallEntries(): readonly Entry[] {
  try {
    const found: unknown = JSON.parse(readDevice(memoryKey) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one) => {
      const read = entry.safeParse(one)
      return read.success ? [read.data] : []
    })
  } catch {
    return []
  }
}
