/** So many at a time, the others in the order they came. */
import { noDatabase } from './failures.ts'

export interface Turns {
  /**
   * @param urgent whether to be told when others fail, and by `giveUp`
   * @returns what ends the turn; told whether the database failed in it. @throws SourceFailure when it failed somebody else, of
   *   what is urgent
   */
  next(urgent: boolean): Promise<(failed: boolean) => void>
  /** Those who wait and are urgent go away with an error. */
  giveUp(error: unknown): void
}

interface Waiting {
  readonly urgent: boolean
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
      // Somebody who waits for it would wait as long, and one after the other.
      const others = failed ? waiting.filter((one) => one.urgent) : []
      if (failed) waiting = waiting.filter((one) => !one.urgent)
      leave()
      for (const other of others)
        other.giveUp(noDatabase('it did not answer those who were before in the queue'))
    }
  }
  return {
    next: (urgent) =>
      new Promise((resolve, reject) => {
        const go = () => resolve(turn())
        if (free === 0) {
          waiting.push({ urgent, go, giveUp: reject })
          return
        }
        free--
        go()
      }),
    giveUp(error) {
      const urgent = waiting.filter((one) => one.urgent)
      waiting = waiting.filter((one) => !one.urgent)
      for (const one of urgent) one.giveUp(error)
    },
  }
}
