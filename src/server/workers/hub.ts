/** Keeps for all workers what they keep together: in the process that started them, which outlives each. */
import type { Worker } from 'node:cluster'
import type { AttemptLimit, Outcome, Turn } from '../auth/attempt-limit.ts'
import type { KeptTogether } from './kept-together.ts'
import type { FromWorker, Limited, ToWorker } from './messages.ts'

export interface Hub {
  /** From its start to its end. */
  join(worker: Worker): void
}

export function createHub({ measuring, signIns }: Pick<KeptTogether, 'measuring' | 'signIns'>): Hub {
  const workers = new Set<Worker>()
  const limits: Readonly<Record<Limited, AttemptLimit>> = {
    ...signIns,
    measuring: {
      async enter(key) {
        const end = await measuring.take(key)
        return { kind: 'entered', leave: async () => end() }
      },
    },
  }
  return {
    join(worker) {
      workers.add(worker)
      const turns = new Map<number, Promise<Turn>>()
      const leave = (id: number, outcome: Outcome) => {
        turns.get(id)?.then((turn) => (turn.kind === 'entered' ? turn.leave(outcome) : undefined))
        turns.delete(id)
      }
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'played') {
          for (const other of workers) if (other !== worker) tell(other, message)
        } else if (message.kind === 'enter') {
          const { id, of, key } = message
          const turn = limits[of].enter(key)
          turns.set(id, turn)
          turn.then((come) => {
            if (come.kind === 'refused') turns.delete(id)
            tell(worker, { kind: 'turn', id, refusedMs: come.kind === 'refused' ? come.waitMs : undefined })
          })
        } else if (message.kind === 'leave') leave(message.id, message.outcome)
      })
      worker.once('exit', () => {
        workers.delete(worker)
        // An attempt that nobody will tell the outcome of counts as a failure, as in the database.
        for (const id of [...turns.keys()]) leave(id, 'wrong')
      })
    },
  }
}

/** One that has ended meanwhile is told nothing. */
export function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {})
}
