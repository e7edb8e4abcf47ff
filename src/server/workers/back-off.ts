/** How long a worker that ended is waited for before another one is started. */

const firstMs = 100
const longestMs = 10_000
/** One that lived so long has not ended by what it was started with. */
const longLifeMs = 10_000

export interface BackOff {
  /** @param livedMs how long the one that has ended was there @returns milliseconds to wait */
  next(livedMs: number): number
}

export function createBackOff(): BackOff {
  let short = 0
  return {
    next(livedMs) {
      short = livedMs < longLifeMs ? short + 1 : 0
      return Math.min(firstMs * 2 ** short, longestMs)
    },
  }
}
