/** Questions to a store that is far away: so many are under way at a time. */
const askedAtOnce = 16

/** @throws what the first of `ask` threw that did, once all that are under way have ended */
export async function severalAtOnce<T>(
  all: Iterable<T> | AsyncIterable<T>,
  ask: (one: T) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>()
  const failed: unknown[] = []
  for await (const one of all) {
    if (failed.length > 0 || signal?.aborted) break
    const asked = ask(one)
      .catch((error: unknown) => {
        failed.push(error)
      })
      .finally(() => underWay.delete(asked))
    underWay.add(asked)
    if (underWay.size >= askedAtOnce) await Promise.race(underWay)
  }
  await Promise.all(underWay)
  if (failed.length > 0) throw failed[0]
  signal?.throwIfAborted()
}
