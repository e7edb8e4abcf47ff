/** GET /v1/engagements/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import { whenThere } from '../source/when-there.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, sendUnchanged } from './entity-tag-of.ts'
import { atExactMoment, pageLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function listEngagements(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.engagements.path,
    { onRequest: requireTenant(context) },
    (request, reply) => {
      const { tenant } = request.params
      const query = readQuery(routes.engagements.query, request)
      const type = acceptedType(request)
      const source = context.sourceOf(request.identity)
      const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
      return whenThere(freshnessOf(request, source, type), ({ etag, unchanged }) => {
        if (unchanged) return sendUnchanged(reply, etag)
        return whenThere(atExactMoment(source, tenant, query), (exact) =>
          whenThere(source.page(tenant, exact), ({ hasMore, documents, unread }) => {
            context.audit.record(
              auditRecord(request, { tenant, action: 'list', target: askedQuery(request) }),
            )
            // The reference's example answers so.
            reply.raw.statusMessage = 'Looks Good'
            if (exact.asOf !== undefined) reply.header('link', pageLinks(tenant, exact, hasMore))
            return sendText(request, reply, { type, etag, text: write(hasMore, documents, unread) })
          }),
        )
      })
    },
  )
}
