/** One process that answers, from its start to its end. */
import type { Config } from '../config.ts'
import { type Among, type Backend, openBackend } from './backend.ts'
import type { Log } from './open-log.ts'
import { closeWithin, listen, stopped } from './run-server.ts'

interface ServeOne {
  readonly config: Config
  readonly log: Log
  /** Aborted when it is to end. */
  readonly signal: AbortSignal
  /** Tells people what takes a while. */
  say(text: string): void
  /** Called when it answers. */
  ready(how: { readonly address: string; welcome(): Promise<string> }): Promise<void>
  /** Absent: it is alone. */
  readonly among?: Among
}

export async function serveOne({ config, log, signal, say, ready, among }: ServeOne): Promise<void> {
  const { logger, flush } = log
  try {
    const backend = await openBackend(config, logger, say, among)
    try {
      const { app, address, withPage } = await listen(config, backend, logger)
      try {
        await ready({ address, welcome: () => welcome(config, backend, address, withPage) })
        await stopped(signal)
        logger.info('stopping: answering what is in flight')
        logger.flush()
      } finally {
        await closeWithin(app, logger)
      }
    } finally {
      await backend.close()
      logger.info('stopped: everything is closed')
    }
  } finally {
    flush()
  }
}

async function welcome(
  config: Config,
  backend: Backend,
  listening: string,
  withPage: boolean,
): Promise<string> {
  const address = config.publicUrl?.origin ?? listening
  const lines = [`Hindsight ${withPage ? 'is ready' : 'API is ready (no page built)'}: ${address}`]
  return `${[...lines, ...(await backend.hints())].join('\n')}\n`
}
