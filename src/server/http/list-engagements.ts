/** GET /v1/engagements/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, sendUnchanged } from './entity-tag-of.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function listEngagements(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.engagements.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const query = readQuery(routes.engagements.query, request)
      const type = acceptedType(request)
      const { etag, unchanged } = await freshnessOf(request, context.source, type)
      if (unchanged) return sendUnchanged(reply, etag)
      const { hasMore, documents } = await context.source.page(request.params.tenant, query)
      // The reference's example answers so.
      reply.raw.statusMessage = 'Looks Good'
      const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
      return sendText(request, reply, { type, etag, text: write(hasMore, documents) })
    },
  )
}
