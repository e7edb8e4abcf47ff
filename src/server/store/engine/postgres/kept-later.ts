/** As `kept-by-version.ts`, of what is read over a connection: what could not be read is not kept. */

export interface KeptLater<Value> {
  /** @param version of the tenant's engagements, read in the transaction that `read` reads in */
  of(key: string, version: number, read: () => Promise<Value>): Promise<Value>
}

export function createKeptLater<Value>(most: number): KeptLater<Value> {
  const kept = new Map<string, { readonly version: number; readonly value: Value }>()
  return {
    async of(key, version, read) {
      const known = kept.get(key)
      const now = known?.version === version ? known : { version, value: await read() }
      kept.delete(key)
      const [oldest] = kept.keys()
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest)
      kept.set(key, now)
      return now.value
    },
  }
}
