/** GET /v1/engagements/count/{tenant} */
import type { FastifyInstance } from 'fastify'
import type { EngagementCountV1 } from '../../contract/model/engagement-count.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, sendUnchanged } from './entity-tag-of.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, countLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

export function countEngagements(app: FastifyInstance, context: AppContext): void {
  const keptOrRead = createKeptAnswers()
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
      const answer = await keptOrRead(
        request,
        reply,
        { source, type, etag: before.etag },
        async (reading) => {
          const exact = await atExactMoment(source, tenant, filter)
          const body: EngagementCountV1 = { count: await reading(() => source.count(tenant, exact)) }
          return {
            text: modelText(type, 'engagementCountV1', body),
            link: exact.asOf === undefined ? undefined : countLinks(tenant, exact),
          }
        },
      )
      context.audit.record(auditRecord(request, { tenant, action: 'count', target: askedQuery(request) }))
      if (answer.link !== undefined) reply.header('link', answer.link)
      return sendText(request, reply, { type, ...answer })
    },
  )
}
