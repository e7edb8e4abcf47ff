/** GET /v1/engagements/{tenant}/{id} (ours): what a shared link to one engagement needs. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { writeEngagementXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, readMarked, requireMatch, sendUnchanged } from './entity-tag-of.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function getEngagement(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string; id: string } }>(
    routes.engagement.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const source = context.sourceOf(request.identity)
      readQuery(routes.engagement.query, request)
      const type = acceptedType(request)
      const before = await freshnessOf(request, source, type)
      const { tenant, id } = request.params
      const { value: document, etag } = await readMarked(request, source, { type, etag: before.etag }, () =>
        source.engagement(tenant, id),
      )
      if (document === undefined)
        throw new HttpProblem(problem('not-found', 404, `There is no engagement ${id}, or not any more.`))
      requireMatch(request)
      if (before.unchanged) return sendUnchanged(reply, before.etag)
      context.audit.record(auditRecord(request, { tenant, action: 'read', target: id }))
      const text = type === 'application/json' ? document : writeEngagementXml(document)
      return sendText(request, reply, { type, etag, text })
    },
  )
}
