/**
 * One line a request. The query is left out whole: it may hold credentials (`/v1/auth`), and emails. Headers and bodies are
 * left out for the same reason.
 */
import type { FastifyInstance } from 'fastify'

export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: request.raw.url?.split('?', 1)[0],
        status: reply.statusCode,
        tenant: request.identity?.tenant,
        ms: Math.round(reply.elapsedTime * 100) / 100,
      },
      'request',
    )
  })
}
