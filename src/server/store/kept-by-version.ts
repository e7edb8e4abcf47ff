/** What was read of a tenant's engagements, kept until any of them changes; the least lately used goes first. */

export interface KeptByVersion<Value> {
  /** @param version of the tenant's engagements, read in the transaction that `read` reads in */
  of(key: string, version: string, read: () => Value): Value
}

export function createKeptByVersion<Value>(most: number): KeptByVersion<Value> {
  const kept = new Map<string, { readonly version: string; readonly value: Value }>()
  return {
    of(key, version, read) {
      const known = kept.get(key)
      const now = known?.version === version ? known : { version, value: read() }
      kept.delete(key)
      const [oldest] = kept.keys()
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest)
      kept.set(key, now)
      return now.value
    },
  }
}
