/** So many questions a second at most, evenly, however many ask. */
import { setTimeout } from 'node:timers/promises'

export interface Pace {
  /** Returns when the next question may be asked. @throws when it is told to end before */
  turn(): Promise<void>
}

const secondMs = 1000

export function createPace(perSecond: number, signal: AbortSignal, now = Date.now): Pace {
  const stepMs = secondMs / perSecond
  let freeMs = Number.NEGATIVE_INFINITY
  return {
    async turn() {
      signal.throwIfAborted()
      const atMs = Math.max(now(), freeMs)
      freeMs = atMs + stepMs
      const waitMs = atMs - now()
      if (waitMs > 0) await setTimeout(waitMs, undefined, { signal })
    },
  }
}
