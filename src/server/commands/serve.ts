/** `hindsight serve`: the API and the page, until SIGTERM or SIGINT. */
import type { Config } from '../config.ts'
import { type Backend, openBackend } from './backend.ts'
import { type Command, UsageError } from './command.ts'
import { closeWithin, listen, openLog, stopped } from './run-server.ts'

export const serveCommand: Command = async (args, { config, stdout, signal }) => {
  if (args.length > 0) throw new UsageError(`serve takes no words; given was ${args.join(' ')}`)
  const { logger, flush } = openLog(config.logLevel)
  const backend = await openBackend(config, logger, (text) => stdout.write(`${text}\n`))
  try {
    const { app, address, withPage } = await listen(config, backend, logger)
    stdout.write(await welcome(config, backend, address, withPage))
    await stopped(signal)
    logger.info('stopping: answering what is in flight')
    logger.flush()
    await closeWithin(app, logger)
    return 0
  } finally {
    await backend.close()
    logger.info('stopped: everything is closed')
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
