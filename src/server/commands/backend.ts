/** What the server stands on: the embedded store, or a host that has the engagements. */
import type { Logger } from 'pino'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { sessionSecret } from '../auth/secret.ts'
import { createSessions } from '../auth/sessions.ts'
import { createStoreAccess } from '../auth/store-access.ts'
import type { Config } from '../config.ts'
import { demoAccount } from '../demo/demo-account.ts'
import type { StoreContext, UpstreamContext } from '../http/app-context.ts'
import { createSignInAttempts } from '../http/sign-in-attempts.ts'
import { openMedia } from '../media/open-media.ts'
import { createLeftFileRemoval } from '../media/remove-left-files.ts'
import { openUpstream, type UpstreamSettings } from '../source/upstream/open-upstream.ts'
import { keepAuditFor } from '../store/audit-retention.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type KeptTogether, keptAlone } from '../workers/kept-together.ts'

/** Of the server's own surroundings, not of what it stands on. */
type Surroundings = 'logger' | 'trustedProxies' | 'publicUrl' | 'pageDir'

/** What a process is to the others of the same server. */
export interface Among {
  /** Whether it is the one that fills an empty database, and removes what the audit is no longer to keep. */
  readonly upkeep: boolean
  readonly together: KeptTogether
}

export interface Backend {
  readonly context: Omit<StoreContext, Surroundings> | Omit<UpstreamContext, Surroundings>
  /** Lines that whoever starts the server may need. */
  hints(): Promise<readonly string[]>
  close(): Promise<void>
}

/**
 * @param say tells people what takes a while
 * @param among the other processes of this server; absent: there are none
 */
export function openBackend(
  config: Config,
  logger: Logger,
  say: (text: string) => void,
  among: Among = { upkeep: true, together: keptAlone() },
): Promise<Backend> {
  return config.upstream === undefined
    ? openStoreBackend(config, logger, say, among)
    : openUpstreamBackend(config, config.upstream, logger, among)
}

async function openStoreBackend(
  config: Config,
  logger: Logger,
  say: (text: string) => void,
  { upkeep, together }: Among,
): Promise<Backend> {
  const { dataDir, database, replicaLagMs, demo, auditDays, sessionSecret: configured } = config
  const auditFailed = (err: unknown) => logger.error({ err }, 'the audit could not be written or cut')
  const databaseFailed = (err: unknown) => logger.warn({ err }, 'the database failed between two requests')
  const store = await openStore({ dataDir, database, replicaLagMs, auditFailed, databaseFailed })
  const media = await openMedia(config)
  const leftFiles = createLeftFileRemoval(store.writer, media, (err) =>
    // Served to nobody any more, but still there: an operator has to know.
    logger.error({ err }, 'a removed recording is still there'),
  )
  const endRetention = upkeep ? keepAuditFor(auditDays, store.audit, auditFailed) : () => {}
  const close = async () => {
    endRetention()
    leftFiles.end()
    await media.close()
    await store.close()
  }
  try {
    if (upkeep && demo === 'auto' && (await store.isEmpty())) {
      say('The database is empty: filling it with the demo tenant …')
      // Loaded by the few starts that need it: what it is made with takes memory for as long as the process lives.
      const { fillDemo } = await import('../demo/fill-demo.ts')
      await fillDemo(store, media, Date.now())
    }
    // Also those that another process had to leave for later, and then ended.
    await leftFiles.run()
    const secret = await sessionSecret(configured, dataDir)
    const tokens = createAccessTokens(secret, store.ended)
    return {
      context: {
        engagements: 'here',
        source: store.source,
        sourceOf: () => store.source,
        lacks: async () => [],
        access: createStoreAccess(store.accounts),
        audit: store.audit,
        views: store.views,
        remover: store.writer,
        leftFiles,
        media,
        tokens,
        sessions: createSessions(secret, tokens),
        attempts: createSignInAttempts(
          {
            failures: store.signInFailures,
            failed: (err) => logger.error({ err }, 'a sign-in is counted by this server alone'),
          },
          together.signIns,
        ),
        together,
        ping: () => store.ping(),
      },
      hints: () => (demo === 'auto' ? demoHints(store) : Promise.resolve([])),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** Only while it works: a demo account whose password was changed, or that was never made, is not offered. */
async function demoHints({ accounts }: Store): Promise<readonly string[]> {
  const { tenant, email, password } = demoAccount
  if ((await accounts.verify(tenant, email, password)) === undefined) return []
  return [`  tenant    ${tenant}`, `  email     ${email}`, `  password  ${password}`]
}

async function openUpstreamBackend(
  { dataDir, sessionSecret: configured }: Config,
  settings: UpstreamSettings,
  logger: Logger,
  { together }: Among,
): Promise<Backend> {
  const secret = await sessionSecret(configured, dataDir)
  const { close, ...upstream } = openUpstream(settings, {
    secret,
    refusedSignIn: (tenant, status) => logger.info({ tenant, status }, 'the upstream refused a sign-in'),
  })
  return {
    context: {
      engagements: 'upstream',
      ...upstream,
      // The upstream has its own: it is asked in each person's name.
      audit: { record() {} },
      attempts: createSignInAttempts(undefined, together.signIns),
      // What an upstream does is told on the page; taking us out of service for it would hide that.
      ping: async () => {},
    },
    hints: async () => [`  engagements of ${settings.url.origin}`],
    close,
  }
}
