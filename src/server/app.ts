/** Builds the HTTP app from a context; does not listen. */
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { logRequests } from './http/access-log.ts'
import type { AppContext } from './http/app-context.ts'
import { getEngagement } from './http/get-engagement.ts'
import { health } from './http/health.ts'
import { answerProblems } from './http/http-problem.ts'
import { issueToken } from './http/issue-token.ts'
import { listEngagements } from './http/list-engagements.ts'
import { listUsers } from './http/list-users.ts'
import { readSession } from './http/read-session.ts'
import { securityHeaders } from './http/security-headers.ts'
import { servePage } from './http/serve-page.ts'
import { serveRecording } from './http/serve-recording.ts'
import { signIn } from './http/sign-in.ts'
import { signOut } from './http/sign-out.ts'

const longestParameter = 2048

export async function createApp(context: AppContext): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: context.logger,
    // Ours leaves the query out; the framework's would print it.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: {
      maxParamLength: longestParameter,
      // The contract room reads queries, strictly and with repeated names.
      querystringParser: () => ({}),
    },
    forceCloseConnections: 'idle',
  })
  answerProblems(app)
  app.decorateRequest('identity', undefined)
  await app.register(cookie)
  await app.register(helmet, securityHeaders(context.publicUrl))
  // JSON is the only body anybody sends us.
  app.removeContentTypeParser('text/plain')
  logRequests(app)

  for (const operation of operations) operation(app, context)
  if (context.pageDir !== undefined) await servePage(app, context.pageDir)
  return app
}

const operations = [
  health,
  issueToken,
  listEngagements,
  getEngagement,
  listUsers,
  serveRecording,
  readSession,
  signIn,
  signOut,
] as const
