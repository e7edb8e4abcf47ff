/** The real app on a real socket over a real database, for tests: on 127.0.0.1, a free port, a folder of its own. */
import pino from 'pino'
import type { Role } from '../../contract/model/session.ts'
import { createApp, type Patience } from '../app.ts'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { createSessions } from '../auth/sessions.ts'
import { createSignInLimits } from '../auth/sign-in-limits.ts'
import { createStoreAccess } from '../auth/store-access.ts'
import type { StoreContext } from '../http/app-context.ts'
import { createSignInAttempts } from '../http/sign-in-attempts.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { type MediaFolder, openMediaFolder } from '../media/media-folder.ts'
import { createLeftFileRemoval } from '../media/remove-left-files.ts'
import type { Store } from '../store/store.ts'
import { keptAlone } from '../workers/kept-together.ts'
import { createTestStores, type TestStores, testSecret } from './test-stores.ts'
import { keptLog, watchAll } from './watched-app.ts'

export interface RunningServer {
  readonly origin: string
  readonly store: Store
  readonly media: MediaFolder
  readonly folder: string
  readonly stores: TestStores
  /** For processes over the same data. */
  readonly env: Readonly<Record<string, string>>
  /** Everything that was logged so far. */
  readonly log: { readonly text: string }
  /** Moves the server's clock, which tokens and sessions go by. */
  readonly clock: { offsetMs: number }
  /** A Bearer header for a user of a tenant. */
  bearer(tenant: string, role?: Role): Promise<{ authorization: string }>
  /** @throws when an answer was not as the API's description has it */
  stop(): Promise<void>
}

interface ServerOptions {
  readonly publicUrl?: URL
  /** Of a built page. */
  readonly pageDir?: string
  readonly trustedProxies?: readonly string[]
  readonly patience?: Patience
  /** To listen on; absent: 127.0.0.1 */
  readonly host?: string
  /** Over these, which it drops; absent: over some of its own. */
  readonly over?: TestStores
  /** Beside another server, whose folder it is. */
  readonly beside?: RunningServer
  /** Where recordings are held; absent: in the folder, by `media`. */
  readonly held?: HeldMedia
}

export async function startServer({
  publicUrl,
  pageDir,
  trustedProxies = [],
  patience,
  host = '127.0.0.1',
  over,
  beside,
  held,
}: ServerOptions = {}): Promise<RunningServer> {
  const stores = beside?.stores ?? over ?? (await createTestStores())
  const { folder } = stores
  const clock = beside?.clock ?? { offsetMs: 0 }
  const { log, sink } = keptLog()
  const logger = pino({ level: 'info' }, sink)
  const store = await stores.open({
    aheadMs: () => clock.offsetMs,
    failed: (err) => logger.warn({ err }, 'the database failed between two requests'),
  })
  const media = openMediaFolder(folder)
  const leftFiles = createLeftFileRemoval(store.writer, held ?? media, (err) =>
    logger.error({ err }, 'a removed recording is still there'),
  )
  const now = () => Date.now() + clock.offsetMs
  const tokens = createAccessTokens(testSecret, store.ended, now)
  const context: StoreContext = {
    source: store.source,
    engagements: 'here',
    lacks: async () => [],
    sourceOf: () => store.source,
    access: createStoreAccess(store.accounts),
    audit: store.audit,
    views: store.views,
    remover: store.writer,
    leftFiles,
    media: held ?? media,
    tokens,
    sessions: createSessions(testSecret, tokens, now),
    attempts: createSignInAttempts(
      { failures: store.signInFailures, failed: (err) => logger.error({ err }, 'counted alone') },
      createSignInLimits(now),
    ),
    trustedProxies,
    logger,
    publicUrl,
    pageDir,
    ping: () => store.ping(),
    together: keptAlone(),
  }
  const app = await createApp(context, patience)
  const wrong = watchAll(app)
  const origin = await app.listen({ host, port: 0 })
  return {
    origin,
    store,
    media,
    folder,
    stores,
    env: stores.env,
    log,
    clock,
    async bearer(tenant, role = 'supervisor') {
      return { authorization: `Bearer ${await tokens.issue({ tenant, subject: 'someone@x.example', role })}` }
    },
    async stop() {
      await app.close()
      leftFiles.end()
      await store.close()
      if (beside === undefined) await stores.drop()
      if (wrong.length > 0) throw new Error(`Not as described:\n${wrong.join('\n')}`)
    },
  }
}
