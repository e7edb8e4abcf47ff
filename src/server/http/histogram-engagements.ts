/** GET /v1/engagements/histogram/{tenant} */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, sendUnchanged } from './entity-tag-of.ts'
import { histogramText } from './histogram-text.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, histogramLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function histogramEngagements(app: FastifyInstance, context: StoreContext): void {
  const keptOrRead = createKeptAnswers()
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
      const answer = await keptOrRead(
        request,
        reply,
        { source, type, etag: before.etag },
        async (reading) => {
          const exact = await atExactMoment(source, tenant, query)
          const counted = await reading(() => source.histogram(tenant, exact))
          return {
            text: histogramText(type, counted),
            link: exact.asOf === undefined ? undefined : histogramLinks(tenant, exact),
          }
        },
      )
      audit.record(auditRecord(request, { tenant, action: 'histogram', target: askedQuery(request) }))
      if (answer.link !== undefined) reply.header('link', answer.link)
      return sendText(request, reply, { type, ...answer })
    },
  )
}
