/** GET /v1/engagements/histogram/{tenant} */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, readMarked, sendUnchanged } from './entity-tag-of.ts'
import { atExactMoment, histogramLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

export function histogramEngagements(app: FastifyInstance, context: StoreContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.histogram.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const { source, audit } = context
      const { tenant } = request.params
      const query = readQuery(routes.histogram.query, request)
      const type = acceptedType(request)
      const before = await freshnessOf(request, source, type)
      if (before.unchanged) return sendUnchanged(reply, before.etag)
      const exact = await atExactMoment(source, tenant, query)
      const { value: body, etag } = await readMarked(request, source, { type, etag: before.etag }, () =>
        source.histogram(tenant, exact),
      )
      audit.record(auditRecord(request, { tenant, action: 'histogram', target: askedQuery(request) }))
      if (exact.asOf !== undefined) reply.header('link', histogramLinks(tenant, exact))
      return sendText(request, reply, { type, etag, text: modelText(type, 'engagementHistogramV1', body) })
    },
  )
}
