/** `hindsight serve`: the API and the page, until SIGTERM or SIGINT. */
import { access } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pino, { type Logger } from 'pino'
import { createApp } from '../app.ts'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { sessionSecret } from '../auth/secret.ts'
import { createSessions } from '../auth/sessions.ts'
import { createStoreAccess } from '../auth/store-access.ts'
import type { Config } from '../config.ts'
import { demoAccount } from '../demo/demo-account.ts'
import { createSignInAttempts } from '../http/sign-in-attempts.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import { keepAuditFor } from '../store/audit-retention.ts'
import { openStore, type Store } from '../store/open-store.ts'
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
  const auditFailed = (err: unknown) => logger.error({ err }, 'the audit could not be written or cut')
  const store = await openStore({ dataDir: config.dataDir, auditFailed })
  const endRetention = keepAuditFor(config.auditDays, store.audit, auditFailed)
  try {
    const media = openMediaFolder(config.dataDir)
    if (config.demo === 'auto' && (await store.isEmpty())) {
      stdout.write('The database is empty: filling it with the demo tenant …\n')
      // Loaded by the few starts that need it: what it is made with takes memory for as long as the process lives.
      const { fillDemo } = await import('../demo/fill-demo.ts')
      await fillDemo({ writer: store.writer, accounts: store.accounts, media, nowMs: Date.now() })
    }
    await removeLeftFiles(store.writer, media, (err) =>
      logger.error({ err }, 'a removed recording is still on the disk'),
    )
    const secret = await sessionSecret(config.sessionSecret, config.dataDir)
    const tokens = createAccessTokens(secret, store.ended)
    const page = await builtPage(logger)
    const app = await createApp({
      source: store.source,
      sourceOf: () => store.source,
      access: createStoreAccess(store.accounts),
      audit: store.audit,
      views: store.views,
      remover: store.writer,
      media,
      tokens,
      sessions: createSessions(secret, tokens),
      attempts: createSignInAttempts(),
      logger,
      trustedProxies: config.trustedProxies,
      publicUrl: config.publicUrl,
      pageDir: page,
      ping: () => store.ping(),
    })
    const address = await app.listen({ port: config.port, host: config.host })
    stdout.write(await welcome(config, store, address, page !== undefined))
    await stopped(signal)
    logger.info('stopping: answering what is in flight')
    logger.flush()
    await closeWithin(app, logger)
    return 0
  } finally {
    endRetention()
    await store.close()
    logger.info('stopped: the database is closed')
    destination.flushSync()
  }
}

async function builtPage(logger: Logger): Promise<string | undefined> {
  const there = await access(path.join(pageDir, 'index.html')).then(
    () => true,
    () => false,
  )
  if (!there) logger.warn('the page is not built (npm run build): serving the API alone')
  return there ? pageDir : undefined
}

async function welcome(config: Config, store: Store, listening: string, withPage: boolean): Promise<string> {
  const address = config.publicUrl?.origin ?? listening
  const lines = [`Hindsight ${withPage ? 'is ready' : 'API is ready (no page built)'}: ${address}`]
  const { tenant, email, password } = demoAccount
  // Printed only while it works: a demo account whose password was changed, or that was never made, is not offered.
  if (config.demo === 'auto' && (await store.accounts.verify(tenant, email, password)) !== undefined)
    lines.push(`  tenant    ${tenant}`, `  email     ${email}`, `  password  ${password}`)
  return `${lines.join('\n')}\n`
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

async function closeWithin(app: Awaited<ReturnType<typeof createApp>>, logger: Logger): Promise<void> {
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
