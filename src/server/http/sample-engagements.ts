/** GET /v1/engagements/sample/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, sendUnchanged } from './entity-tag-of.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, sampleLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { sendText } from './send-resource.ts'

export function sampleEngagements(app: FastifyInstance, context: StoreContext): void {
  const keptOrRead = createKeptAnswers()
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
      const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
      const answer = await keptOrRead(
        request,
        reply,
        { source, type, etag: before.etag },
        async (reading) => {
          const exact = await atExactMoment(source, tenant, query)
          const documents = await reading(() => source.sample(tenant, exact))
          return {
            text: write(false, documents),
            link: exact.asOf === undefined ? undefined : sampleLinks(tenant, exact),
          }
        },
      )
      context.audit.record(auditRecord(request, { tenant, action: 'sample', target: askedQuery(request) }))
      if (answer.link !== undefined) reply.header('link', answer.link)
      return sendText(request, reply, { type, ...answer })
    },
  )
}
