/** Builds the HTTP app from a context; does not listen. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { logRequests, withoutChildren } from './http/access-log.ts'
import { answerBrokenHttp, answerOddRequests, mostHeaderBytes } from './http/answer-raw.ts'
import type { AppContext, StoreContext, UpstreamContext } from './http/app-context.ts'
import { countEngagements } from './http/count-engagements.ts'
import { deleteEngagement } from './http/delete-engagement.ts'
import { deleteView } from './http/delete-view.ts'
import { describeApi } from './http/describe-api.ts'
import { exportEngagements } from './http/export-engagements.ts'
import { getEngagement } from './http/get-engagement.ts'
import { getView } from './http/get-view.ts'
import { health } from './http/health.ts'
import { histogramEngagements } from './http/histogram-engagements.ts'
import { answerProblems, answerRefusedPaths, refuseUnserved } from './http/http-problem.ts'
import { issueToken } from './http/issue-token.ts'
import { listAudit } from './http/list-audit.ts'
import { listEngagements } from './http/list-engagements.ts'
import { listUsers } from './http/list-users.ts'
import { listViews } from './http/list-views.ts'
import { originForm } from './http/origin-form.ts'
import { passRecording } from './http/pass-recording.ts'
import { putView } from './http/put-view.ts'
import { readSession } from './http/read-session.ts'
import { refuseMalformed } from './http/refuse-malformed.ts'
import { refuseUngiven } from './http/refuse-ungiven.ts'
import { sampleEngagements } from './http/sample-engagements.ts'
import { pageHeaders, sealData, unsealData } from './http/security-headers.ts'
import { servePage } from './http/serve-page.ts'
import { servePeaks } from './http/serve-peaks.ts'
import { serveRecording } from './http/serve-recording.ts'
import { serveSchema } from './http/serve-schema.ts'
import { createServedMethods } from './http/served-methods.ts'
import { signIn } from './http/sign-in.ts'
import { signOut } from './http/sign-out.ts'
import { leaveLengthUntold } from './http/unchanged-heads.ts'

/** How long clients are waited for. A request that takes longer to arrive is a 408. */
export interface Patience {
  /** From the connection, or the answer before, to the end of the headers. */
  readonly headersMs: number
  /** To the end of the body; not less than `headersMs`. */
  readonly wholeMs: number
  /** How often is looked. */
  readonly checkEveryMs: number
  /**
   * While nothing moves on its connection, either way: one that takes nothing of an answer, or vanished without a word, is let
   * go. The system itself would try for a quarter of an hour, and wait for ever for one that is there and does not read.
   */
  readonly stillMs: number
}

const usualPatience: Patience = {
  headersMs: 60_000,
  wholeMs: 120_000,
  checkEveryMs: 15_000,
  stillMs: 300_000,
}

export async function createApp(
  context: StoreContext | UpstreamContext,
  patience = usualPatience,
): Promise<FastifyInstance> {
  const { logger, publicUrl } = context
  const served = createServedMethods()
  const app = Fastify({
    loggerInstance: withoutChildren(logger),
    trustProxy: context.trustedProxies.length > 0 && [...context.trustedProxies],
    rewriteUrl: originForm,
    // Ours leaves the query out; the framework's would print it.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: {
      // The whole has a limit, and ids, or what a recording's address is sealed into, may be all of it.
      maxParamLength: Number.MAX_SAFE_INTEGER,
      // The contract room reads queries, strictly and with repeated names.
      querystringParser: () => ({}),
    },
    forceCloseConnections: 'idle',
    // Whoever asks while we stop is still answered, and not by the framework's words in its own form.
    return503OnClosing: false,
    // The framework's own default is to wait for ever.
    requestTimeout: patience.wholeMs,
    connectionTimeout: patience.stillMs,
    http: {
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: patience.checkEveryMs,
      optimizeEmptyRequests: true,
      maxHeaderSize: mostHeaderBytes,
      // A missing Host is refused in words, and a doubled header is seen instead of dropped.
      requireHostHeader: false,
      joinDuplicateHeaders: true,
    },
    frameworkErrors: answerRefusedPaths(publicUrl),
    clientErrorHandler: answerBrokenHttp({ served, publicUrl, logger }),
  })
  app.addHook('onRoute', served.add)
  app.addHook('onRoute', leaveLengthUntold)
  answerOddRequests(app, { served, publicUrl, logger })
  answerProblems(app, served)
  app.decorateRequest('identity', undefined)
  // Cookies are read where a session is looked for: most requests carry a token instead.
  await app.register(cookie, { hook: false })
  app.addHook('onRequest', sealData(publicUrl))
  app.addHook('onRequest', refuseMalformed())
  app.addHook('onRequest', refuseUnserved(served))
  // JSON is the only body anybody sends us.
  app.removeContentTypeParser('text/plain')
  logRequests(app)

  for (const operation of dataOperations) operation(app, context)
  if (context.engagements === 'here') for (const operation of storeOperations) operation(app, context)
  else refuseUngiven(app, context)
  await app.register(async (page) => {
    page.addHook('onRequest', unsealData)
    await page.register(helmet, pageHeaders(publicUrl))
    for (const operation of pageOperations) operation(page, context)
    if (context.engagements === 'here') serveRecording(page, context)
    else passRecording(page, context)
    if (context.pageDir !== undefined) await servePage(page, context.pageDir)
  })
  return app
}

type Operation<Context> = (app: FastifyInstance, context: Context) => void

/** What programs read. */
const dataOperations: readonly Operation<AppContext>[] = [
  health,
  serveSchema,
  issueToken,
  listEngagements,
  countEngagements,
  getEngagement,
  listUsers,
]

/** What needs all engagements at hand. */
const storeOperations: readonly Operation<StoreContext>[] = [
  sampleEngagements,
  exportEngagements,
  histogramEngagements,
  deleteEngagement,
  listAudit,
  servePeaks,
  listViews,
  getView,
  putView,
  deleteView,
]

/** What a browser may show by itself, or keeps a session with; recordings are as well. */
const pageOperations: readonly Operation<AppContext>[] = [describeApi, readSession, signIn, signOut]
