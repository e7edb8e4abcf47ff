/** One worker, as the process sees it that starts it. */
import cluster from 'node:cluster'
import { type Hub, tell } from './hub.ts'
import type { Begin, FromWorker, Ready } from './messages.ts'

export interface Ended {
  /** Null where a signal ended it, or it did not start at all. */
  readonly code: number | null
  readonly signal: string | null
}

export interface RunningWorker {
  readonly pid: number | undefined
  /** That it was told to listen on; 0: any. */
  readonly port: number
  /** Undefined when it has ended before. */
  readonly ready: Promise<Ready | undefined>
  readonly ended: Promise<Ended>
  /** Has it end in order. Not by a signal: a second one would end it at once, and the first may have gone to all of us. */
  stop(): void
}

export function startWorker(
  begin: Omit<Begin, 'kind'>,
  hub: Hub,
  failed: (error: unknown) => void,
): RunningWorker {
  const worker = cluster.fork()
  // Such as what was sent to one that has just ended.
  worker.on('error', failed)
  hub.join(worker)
  const ended = new Promise<Ended>((resolve) => {
    worker.once('exit', (code, signal) => resolve({ code: signal === null ? code : null, signal }))
    worker.process.once('error', () => {
      if (worker.process.pid === undefined) resolve({ code: null, signal: null })
    })
  })
  let here = false
  let stopping = false
  const ready = new Promise<Ready | undefined>((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'ready') resolve(message)
      if (message.kind !== 'here') return
      here = true
      tell(worker, { kind: 'begin', ...begin })
      if (stopping) tell(worker, { kind: 'stop' })
    })
    ended.then(() => resolve(undefined))
  })
  return {
    pid: worker.process.pid,
    port: begin.port,
    ready,
    ended,
    stop() {
      stopping = true
      if (here) tell(worker, { kind: 'stop' })
    },
  }
}
