/** GET /v1/engagements/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { readQuery } from './query-entries.ts'
import { sendJson } from './send-json.ts'

export function listEngagements(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.engagements.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const query = readQuery(routes.engagements.query, request)
      const { hasMore, documents } = await context.source.page(request.params.tenant, query)
      // The reference's example answers so.
      reply.raw.statusMessage = 'Looks Good'
      return sendJson(request, reply, writeEngagementList(hasMore, documents))
    },
  )
}
