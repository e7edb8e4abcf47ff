/** A worker's side of what it and the process that started it tell each other. */
import cluster from 'node:cluster'
import type { Turn } from '../auth/attempt-limit.ts'
import type { KeptTogether } from './kept-together.ts'
import type { Begin, FromWorker, Limited, ToWorker } from './messages.ts'
import { createRecentPlays } from './recent-plays.ts'

export interface WorkerChannel {
  readonly begun: Promise<Begin>
  /** Aborted when all are to end. */
  readonly stopped: AbortSignal
  readonly together: KeptTogether
  tell(message: FromWorker): void
  /** No more of it: it would keep the process. */
  close(): void
}

export function openWorkerChannel(): WorkerChannel {
  const begun = Promise.withResolvers<Begin>()
  const stop = new AbortController()
  const plays = createRecentPlays()
  const waiting = new Map<number, (refusedMs: number | undefined) => void>()
  let turns = 0
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'begin') begun.resolve(message)
    else if (message.kind === 'stop') stop.abort()
    else if (message.kind === 'played') plays.note(message.key, message.atMs)
    else {
      waiting.get(message.id)?.(message.refusedMs)
      waiting.delete(message.id)
    }
  })
  const tell = (message: FromWorker) => {
    // Without the other side we are about to be ended.
    if (process.connected) process.send?.(message, undefined, undefined, () => {})
  }
  const enter = (of: Limited, key: string): Promise<Turn> => {
    const id = turns++
    return new Promise((resolve) => {
      waiting.set(id, (refusedMs) =>
        resolve(
          refusedMs === undefined
            ? { kind: 'entered', leave: async (outcome) => tell({ kind: 'leave', id, outcome }) }
            : { kind: 'refused', waitMs: refusedMs },
        ),
      )
      tell({ kind: 'enter', id, of, key })
    })
  }
  tell({ kind: 'here' })
  return {
    begun: begun.promise,
    stopped: stop.signal,
    together: {
      plays: {
        has: plays.has,
        note(key, atMs) {
          plays.note(key, atMs)
          tell({ kind: 'played', key, atMs })
        },
      },
      measuring: {
        async take(key) {
          const turn = await enter('measuring', key)
          return () => {
            if (turn.kind === 'entered') turn.leave('right')
          }
        },
      },
      signIns: {
        address: { enter: (key) => enter('address', key) },
        account: { enter: (key) => enter('account', key) },
      },
    },
    tell,
    close: () => cluster.worker?.disconnect(),
  }
}
