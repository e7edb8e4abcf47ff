/** Turns at work that takes a core: so many at once, and never two at the same thing. */
import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'

export interface Turns {
  /** Waits for the turn. @param key what is worked at @returns what ends the turn */
  take(key: string): Promise<() => void>
}

/** As many as leave one core to answer with. */
export function turnsOfThisMachine(): Turns {
  return createTurns(Math.max(1, availableParallelism() - 1))
}

export function createTurns(atOnce: number): Turns {
  const limit = pLimit(atOnce)
  const last = new Map<string, Promise<void>>()
  return {
    async take(key) {
      const before = last.get(key)
      const { promise: left, resolve: leave } = Promise.withResolvers<void>()
      last.set(key, left)
      await before
      await new Promise<void>((enter) => {
        limit(() => {
          enter()
          return left
        })
      })
      return () => {
        leave()
        if (last.get(key) === left) last.delete(key)
      }
    },
  }
}
