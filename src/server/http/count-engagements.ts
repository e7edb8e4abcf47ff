/** GET /v1/engagements/count/{tenant} */
import type { FastifyInstance } from 'fastify'
import type { EngagementCountV1 } from '../../contract/model/engagement-count.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, readMarked, sendUnchanged } from './entity-tag-of.ts'
import { atExactMoment, countLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

export function countEngagements(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.count.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const source = context.sourceOf(request.identity)
      const { tenant } = request.params
      const filter = readQuery(routes.count.query, request)
      const type = acceptedType(request)
      const before = await freshnessOf(request, source, type)
      if (before.unchanged) return sendUnchanged(reply, before.etag)
      const exact = await atExactMoment(source, tenant, filter)
      const { value: count, etag } = await readMarked(request, source, { type, etag: before.etag }, () =>
        source.count(tenant, exact),
      )
      const body: EngagementCountV1 = { count }
      context.audit.record(auditRecord(request, { tenant, action: 'count', target: askedQuery(request) }))
      if (exact.asOf !== undefined) reply.header('link', countLinks(tenant, exact))
      return sendText(request, reply, { type, etag, text: modelText(type, 'engagementCountV1', body) })
    },
  )
}
