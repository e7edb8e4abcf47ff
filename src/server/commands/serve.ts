/** `hindsight serve`: the API and the page, until SIGTERM or SIGINT. */
import { access } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pino, { type Logger } from 'pino'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import { type Backend, openBackend } from './backend.ts'
import { type Command, UsageError } from './command.ts'

/** What is in flight when we are told to stop gets this long; a reader that has stalled does not hold us for ever. */
const graceMs = 20_000
const releaseEveryMs = 50
const pageDir = fileURLToPath(new URL('../../../dist', import.meta.url))

export const serveCommand: Command = async (args, { config, stdout, signal }) => {
  if (args.length > 0) throw new UsageError(`serve takes no words; given was ${args.join(' ')}`)
  // The log goes to standard error, so that standard output stays for people. Lines are gathered for up to a second and then
  // written at once, as Node writes to a pipe itself: handing them to another thread costs more than the write.
  const destination = pino.destination({ fd: 2, sync: true, minLength: 4096, periodicFlush: 1000 })
  const logger = pino({ level: config.logLevel, base: null }, destination)
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
    destination.flushSync()
  }
}

type App = Awaited<ReturnType<typeof createApp>>

/** @returns the address at which it answers */
export async function listen(
  { port, host, publicUrl, trustedProxies }: Config,
  { context }: Backend,
  logger: Logger,
): Promise<{ readonly app: App; readonly address: string; readonly withPage: boolean }> {
  const page = await builtPage(logger)
  const app = await createApp({ ...context, logger, trustedProxies, publicUrl, pageDir: page })
  return { app, address: await app.listen({ port, host }), withPage: page !== undefined }
}

async function builtPage(logger: Logger): Promise<string | undefined> {
  const there = await access(path.join(pageDir, 'index.html')).then(
    () => true,
    () => false,
  )
  if (!there) logger.warn('the page is not built (npm run build): serving the API alone')
  return there ? pageDir : undefined
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

export function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

export async function closeWithin(app: App, logger: Logger): Promise<void> {
  const force = setTimeout(() => {
    logger.warn({ graceMs }, 'some answers did not finish in time: closing their connections')
    app.server.closeAllConnections()
  }, graceMs)
  // A connection whose last answer is sent during the stop becomes idle after the server closed the idle ones, and would
  // be kept for its keep-alive time.
  const release = setInterval(() => app.server.closeIdleConnections(), releaseEveryMs)
  await app.close()
  clearInterval(release)
  clearTimeout(force)
}
