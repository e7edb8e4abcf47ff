/** So many at a time, the others in the order they came. */
import { noDatabase } from './failures.ts'

export interface Turns {
  /** @returns what ends the turn; told whether the database failed in it. @throws SourceFailure when it failed somebody else */
  next(): Promise<(failed: boolean) => void>
}

interface Waiting {
  go(): void
  giveUp(error: unknown): void
}

export function createTurns(atOnce: number): Turns {
  let free = atOnce
  let waiting: Waiting[] = []
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next.go()
  }
  const turn = () => {
    let over = false
    return (failed: boolean) => {
      if (over) return
      over = true
      // Whoever waits would wait as long, and one after the other.
      const others = failed ? waiting : []
      if (failed) waiting = []
      leave()
      for (const other of others)
        other.giveUp(noDatabase('it did not answer those who were before in the queue'))
    }
  }
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const go = () => resolve(turn())
        if (free === 0) {
          waiting.push({ go, giveUp: reject })
          return
        }
        free--
        go()
      }),
  }
}
