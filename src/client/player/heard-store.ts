/** What was heard of each engagement, kept on this device and followed by whatever shows it, in other tabs as well. */
import * as z from 'zod/mini'
import { readDevice, writeDevice } from '../ui/keys.ts'
import { addHeard, type HeardSpans } from './heard.ts'

const heardKey = 'hindsight.heard'
const keptEngagements = 500

export interface Heard {
  readonly spans: HeardSpans
  /** Of the whole timeline. */
  readonly lengthSeconds: number
}

const seconds = z.number().check(z.nonnegative())
const entry = z.object({
  tenant: z.string(),
  id: z.string(),
  spans: z.array(z.array(seconds)),
  lengthSeconds: seconds,
})

export interface HeardStore {
  /** For useSyncExternalStore. */
  subscribe(listener: () => void): () => void
  /** The same object until more is heard; undefined when nothing was. */
  heardOf(tenant: string, id: string): Heard | undefined
  /** Seconds from the beginning of the timeline; what is no stretch of time changes nothing. */
  rememberHeard(
    tenant: string,
    id: string,
    fromSeconds: number,
    toSeconds: number,
    lengthSeconds: number,
  ): void
}

/** One is enough for a page: `heardStore`. */
export function createHeardStore(): HeardStore {
  const listeners = new Set<() => void>()
  /** What the device held when it was last looked at, and what that and this page's own listening come to. */
  let seen: string | undefined
  let known: ReadonlyMap<string, Heard> | undefined

  const look = (): ReadonlyMap<string, Heard> => {
    const text = readDevice(heardKey)
    if (known === undefined || text !== seen) {
      seen = text
      known = read(text)
    }
    return known
  }
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const follow = ({ key }: StorageEvent) => {
    // A key of null: everything was cleared.
    if (key !== heardKey && key !== null) return
    look()
    tell()
  }

  return {
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener('storage', follow)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) window.removeEventListener('storage', follow)
      }
    },
    heardOf: (tenant, id) => (known ?? look()).get(keyOf(tenant, id)),
    rememberHeard(tenant, id, fromSeconds, toSeconds, lengthSeconds) {
      // Another tab may have written since: what it heard is kept.
      const entries = new Map(look())
      const key = keyOf(tenant, id)
      const before = entries.get(key)
      const spans = addHeard(before?.spans ?? [], tenths(fromSeconds), tenths(toSeconds))
      if (spans.length === 0 || (spans === before?.spans && lengthSeconds === before.lengthSeconds)) return
      // The latest goes last, so that the oldest are the ones dropped.
      entries.delete(key)
      entries.set(key, { spans, lengthSeconds })
      known = new Map([...entries].slice(-keptEngagements))
      writeDevice(heardKey, write(known))
      // Where the device keeps nothing, this page still knows.
      seen = readDevice(heardKey)
      tell()
    },
  }
}

export const heardStore = createHeardStore()

function keyOf(tenant: string, id: string): string {
  return JSON.stringify([tenant, id])
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10
}

function write(known: ReadonlyMap<string, Heard>): string {
  return JSON.stringify(
    [...known].map(([key, heard]) => {
      const [tenant, id] = JSON.parse(key)
      return { tenant, id, ...heard }
    }),
  )
}

/** Anything on the device may have been written by anybody: what does not pass is left out. */
function read(text: string | undefined): ReadonlyMap<string, Heard> {
  const found = new Map<string, Heard>()
  for (const one of parse(text)) {
    const checked = entry.safeParse(one)
    if (!checked.success) continue
    const { tenant, id, spans, lengthSeconds } = checked.data
    const tidy = spans.reduce<HeardSpans>((sum, [from = 0, to = 0]) => addHeard(sum, from, to), [])
    if (tidy.length > 0) found.set(keyOf(tenant, id), { spans: tidy, lengthSeconds })
  }
  return found
}

function parse(text: string | undefined): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}
