/** A server from listening to its end, for the commands that have one. */
import { access } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { createApp } from '../app.ts'
import type { Config } from '../config.ts'
import type { Backend } from './backend.ts'

/** What is in flight when we are told to stop gets this long; a reader that has stalled does not hold us for ever. */
const graceMs = 20_000
const releaseEveryMs = 50
const pageDir = fileURLToPath(new URL('../../../dist', import.meta.url))

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
