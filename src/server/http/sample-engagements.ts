/** GET /v1/engagements/sample/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, readMarked, sendUnchanged } from './entity-tag-of.ts'
import { atExactMoment, sampleLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function sampleEngagements(app: FastifyInstance, context: StoreContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.sample.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const { source } = context
      const { tenant } = request.params
      const query = readQuery(routes.sample.query, request)
      const type = acceptedType(request)
      const before = await freshnessOf(request, source, type)
      if (before.unchanged) return sendUnchanged(reply, before.etag)
      const exact = await atExactMoment(source, tenant, query)
      const { value: documents, etag } = await readMarked(request, source, { type, etag: before.etag }, () =>
        source.sample(tenant, exact),
      )
      context.audit.record(auditRecord(request, { tenant, action: 'sample', target: askedQuery(request) }))
      if (exact.asOf !== undefined) reply.header('link', sampleLinks(tenant, exact))
      const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
      return sendText(request, reply, { type, etag, text: write(false, documents) })
    },
  )
}
