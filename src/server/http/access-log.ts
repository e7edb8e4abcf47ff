/**
 * One line a request. The query is left out whole: it may hold credentials (`/v1/auth`), and emails. Headers and bodies are
 * left out for the same reason.
 */
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { routes } from '../../contract/routes.ts'

/**
 * A logger that stands for its own children. The framework makes one a request, which costs more than the few lines that
 * need the request's id.
 */
export function withoutChildren(logger: FastifyBaseLogger): FastifyBaseLogger {
  const same: FastifyBaseLogger = Object.create(logger, { child: { value: () => same } })
  return same
}

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    logRequest(request, reply)
    done()
  })
}

/** Asked every few seconds by whoever watches the process; what is wrong then has a line of its own. */
const unlogged: ReadonlySet<string> = new Set([routes.livez.path, routes.readyz.path])

export function logRequest(request: FastifyRequest, reply: FastifyReply): void {
  const path = pathOf(request.raw.url ?? '')
  if (unlogged.has(path)) return
  request.log.info(
    {
      // One value, so that it is made into text in one piece: these lines are most of what logging costs.
      request: {
        id: request.id,
        method: request.method,
        path,
        status: reply.statusCode,
        tenant: request.identity?.tenant,
        ms: Math.round(reply.elapsedTime * 100) / 100,
      },
    },
    'request',
  )
}

function pathOf(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? url : url.slice(0, mark)
}
