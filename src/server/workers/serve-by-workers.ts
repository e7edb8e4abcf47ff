/**
 * `hindsight serve` with more than one worker: starts them, all on the one port, starts another for each that ends, and has all
 * of them end in order. It answers nobody itself, and opens no database.
 */
import cluster from 'node:cluster'
import { setTimeout as delay } from 'node:timers/promises'
import type { CommandContext } from '../commands/command.ts'
import { openSharedLog } from '../commands/open-log.ts'
import { createBackOff } from './back-off.ts'
import { createHub } from './hub.ts'
import { keptAlone } from './kept-together.ts'
import type { Ready } from './messages.ts'
import { type Ended, type RunningWorker, startWorker } from './start-worker.ts'

/** So often in a row one may end before it answers, while no other one does. */
const mostFailedStarts = 5

/** @returns the exit code */
export async function serveByWorkers({ config, stdout, stderr, signal }: CommandContext): Promise<number> {
  const { logger, flush } = openSharedLog(config.logLevel)
  // Each takes connections from the one socket by itself. In turns, what was handed to one that is killed then is never
  // answered, and its connection never closed.
  cluster.schedulingPolicy = cluster.SCHED_NONE
  const hub = createHub(keptAlone())
  const running = new Set<RunningWorker>()
  const answering = new Set<RunningWorker>()
  const end = new AbortController()
  let code = 0
  /** Where they answer, once the first one does. */
  let answeredPort: number | undefined

  const start = (upkeep: boolean): RunningWorker => {
    // One that is free to choose is shared by all who ask so; once the last of them has ended, it is asked for by its number.
    const port = [...running].some((one) => one.port === 0) ? 0 : (answeredPort ?? config.port)
    const worker = startWorker({ port, upkeep }, hub, (err) =>
      logger.warn({ err }, 'a worker cannot be told'),
    )
    running.add(worker)
    worker.ended.then((ended) => {
      running.delete(worker)
      answering.delete(worker)
      if (end.signal.aborted) code ||= codeOf(ended)
    })
    return worker
  }
  /** @returns what it tells when it answers; undefined: it ends before */
  const untilReady = async (worker: RunningWorker): Promise<Ready | undefined> => {
    const ready = await worker.ready
    if (ready === undefined) return undefined
    const port = portOf(ready.address)
    answeredPort ??= port
    if (port !== answeredPort) {
      worker.stop()
      return undefined
    }
    // It may have ended since it told so.
    if (running.has(worker)) answering.add(worker)
    return ready
  }
  const stop = (): void => {
    end.abort()
    for (const worker of running) worker.stop()
  }
  const giveUp = (why: string, exitCode = 1): void => {
    if (end.signal.aborted) return
    if (why !== '') stderr.write(`${why}\n`)
    code = exitCode
    stop()
  }
  /** Of the first workers: none that cannot start is tried again, as the next would most likely fare no better. */
  const begin = async (worker: RunningWorker): Promise<Ready | undefined> => {
    const ready = await untilReady(worker)
    if (ready !== undefined) return ready
    const ended = await worker.ended
    // One that failed has said why.
    if (codeOf(ended) > 0 && ended.signal === null) giveUp('', codeOf(ended))
    else giveUp(`A worker was ended by ${ended.signal ?? 'somebody'} before it answered`)
    return undefined
  }
  /** Puts another worker in place of each that ends, until all are to end. */
  const keep = async (first: RunningWorker, upkeep: boolean): Promise<void> => {
    const backOff = createBackOff()
    let failed = 0
    for (let worker = first; ; worker = start(upkeep)) {
      const startedMs = performance.now()
      failed = (await untilReady(worker)) === undefined ? failed + 1 : 0
      const ended = await worker.ended
      if (failed >= mostFailedStarts && answering.size === 0)
        giveUp(`No worker answers, and ${failed} in a row ended before they did: giving up`)
      if (end.signal.aborted) return
      const waitMs = backOff.next(performance.now() - startedMs)
      logger.error({ worker: worker.pid, ...ended, waitMs }, 'a worker ended: another one will be started')
      logger.flush()
      await delay(waitMs, undefined, { signal: end.signal }).catch(() => {})
      if (end.signal.aborted) return
    }
  }

  if (signal.aborted) return 0
  signal.addEventListener('abort', stop, { once: true })
  try {
    // What is to be done once is done before there is a second one.
    const first = start(true)
    const ready = await begin(first)
    if (ready !== undefined && !end.signal.aborted) {
      const others = Array.from({ length: config.workers - 1 }, () => start(false))
      await Promise.all(others.map(begin))
      if (!end.signal.aborted) stdout.write(ready.welcome)
      await Promise.all([keep(first, true), ...others.map((worker) => keep(worker, false))])
    }
  } finally {
    stop()
    await Promise.all([...running].map(({ ended }) => ended))
    logger.info('stopped: every worker has ended')
    flush()
  }
  return code
}

function codeOf({ code }: Ended): number {
  return code ?? 1
}

/** Of one that is the scheme's own, a URL tells none. */
function portOf(address: string): number {
  return Number(new URL(address).port || 80)
}
