/** Keeps for all workers what they keep together: in the process that started them, which outlives each. */
import type { Worker } from 'node:cluster'
import type { FromWorker, ToWorker } from './messages.ts'
import type { Turns } from './turns.ts'

export interface Hub {
  /** From its start to its end. */
  join(worker: Worker): void
}

export function createHub(measuring: Turns): Hub {
  const workers = new Set<Worker>()
  return {
    join(worker) {
      workers.add(worker)
      const turns = new Map<number, Promise<() => void>>()
      const leave = (id: number) => {
        turns.get(id)?.then((end) => end())
        turns.delete(id)
      }
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'played') {
          for (const other of workers) if (other !== worker) tell(other, message)
        } else if (message.kind === 'take') {
          const { id, key } = message
          const turn = measuring.take(key)
          turns.set(id, turn)
          turn.then(() => tell(worker, { kind: 'turn', id }))
        } else if (message.kind === 'leave') leave(message.id)
      })
      worker.once('exit', () => {
        workers.delete(worker)
        for (const id of [...turns.keys()]) leave(id)
      })
    },
  }
}

/** One that has ended meanwhile is told nothing. */
export function tell(worker: Worker, message: ToWorker): void {
  if (worker.isConnected()) worker.send(message, () => {})
}
