/** GET /v1/engagements/count/{tenant} */
import type { FastifyInstance } from 'fastify'
import type { EngagementCountV1 } from '../../contract/model/engagement-count.ts'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, countLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { modelText } from './send-resource.ts'

export function countEngagements(app: FastifyInstance, context: AppContext): void {
  const sendKept = createKeptAnswers(context.audit, 'count')
  app.get<{ Params: { tenant: string } }>(
    routes.count.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const source = context.sourceOf(request.identity)
      const { tenant } = request.params
      const filter = readQuery(routes.count.query, request)
      return sendKept(request, reply, source, async (type, reading) => {
        const exact = await atExactMoment(source, tenant, filter)
        const body: EngagementCountV1 = { count: await reading(() => source.count(tenant, exact)) }
        return {
          text: modelText(type, 'engagementCountV1', body),
          link: exact.asOf === undefined ? undefined : countLinks(tenant, exact),
        }
      })
    },
  )
}
