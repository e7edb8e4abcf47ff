/**
 * How many failed attempts one key may make: a bucket that fills with failures and leaks over time. What is right costs
 * nothing. Attempts that are being checked count as failures until they are known to be none, so that many at once get no
 * further than one after another; those beyond the limit wait for that.
 */

export interface AttemptLimit {
  /** Waits for its turn. */
  enter(key: string): Promise<Turn>
}

export type Turn =
  | { readonly kind: 'refused'; readonly waitMs: number }
  /** It may be checked, and then `leave` has to follow. */
  | { readonly kind: 'entered'; leave(outcome: Outcome): Promise<void> }

export type Outcome = 'right' | 'wrong'

interface Bucket {
  failures: number
  /** When `failures` was true. */
  atMs: number
  checking: number
  readonly waiting: (() => void)[]
}

export interface FailureLimit {
  /** Failures before the next attempt is refused. */
  readonly most: number
  /** In which as many are forgotten. */
  readonly windowMs: number
}

interface AttemptLimitSettings extends FailureLimit {
  /** The buckets longest untouched go first: memory stays bounded whoever asks. */
  readonly keptKeys: number
}

export function createAttemptLimit(
  { most, windowMs, keptKeys }: AttemptLimitSettings,
  now: () => number = Date.now,
): AttemptLimit {
  const buckets = new Map<string, Bucket>()

  const forgetOldest = (): void => {
    for (const [key, { checking }] of buckets) {
      if (buckets.size <= keptKeys) return
      if (checking === 0) buckets.delete(key)
    }
  }
  const bucketOf = (key: string): Bucket => {
    const bucket = buckets.get(key) ?? { failures: 0, atMs: now(), checking: 0, waiting: [] }
    const leaked = (Math.max(0, now() - bucket.atMs) * most) / windowMs
    bucket.failures = Math.max(0, bucket.failures - leaked)
    bucket.atMs = now()
    // Last in the map: touched last.
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size > keptKeys) forgetOldest()
    return bucket
  }

  const leave = (key: string, outcome: Outcome): void => {
    const bucket = bucketOf(key)
    bucket.checking--
    if (outcome === 'wrong') bucket.failures++
    for (const resume of bucket.waiting.splice(0)) resume()
  }

  return {
    async enter(key) {
      for (;;) {
        const bucket = bucketOf(key)
        const over = bucket.failures + 1 - most
        if (over > 0) return { kind: 'refused', waitMs: (over * windowMs) / most }
        if (bucket.checking + over <= 0) {
          bucket.checking++
          return { kind: 'entered', leave: async (outcome) => leave(key, outcome) }
        }
        await new Promise<void>((resolve) => bucket.waiting.push(resolve))
      }
    },
  }
}
