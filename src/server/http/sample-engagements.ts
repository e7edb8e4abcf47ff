/** GET /v1/engagements/sample/{tenant} */
import type { FastifyInstance } from 'fastify'
import { writeEngagementList } from '../../contract/representation/json.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, sampleLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'

export function sampleEngagements(app: FastifyInstance, context: StoreContext): void {
  const sendKept = createKeptAnswers(context.audit, 'sample')
  app.get<{ Params: { tenant: string } }>(
    routes.sample.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const { source } = context
      const { tenant } = request.params
      const query = readQuery(routes.sample.query, request)
      return sendKept(request, reply, source, async (type, reading) => {
        const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
        const exact = await atExactMoment(source, tenant, query)
        const documents = await reading(() => source.sample(tenant, exact))
        return {
          text: write(false, documents),
          link: exact.asOf === undefined ? undefined : sampleLinks(tenant, exact),
        }
      })
    },
  )
}
