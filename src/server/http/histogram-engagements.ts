/** GET /v1/engagements/histogram/{tenant} */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { histogramText } from './histogram-text.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { atExactMoment, histogramLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'

export function histogramEngagements(app: FastifyInstance, context: StoreContext): void {
  const sendKept = createKeptAnswers(context.audit, 'histogram')
  app.get<{ Params: { tenant: string } }>(
    routes.histogram.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const { source } = context
      const { tenant } = request.params
      const query = readQuery(routes.histogram.query, request)
      return sendKept(request, reply, source, async (type, reading) => {
        const exact = await atExactMoment(source, tenant, query)
        const counted = await reading(() => source.histogram(tenant, exact))
        return {
          text: histogramText(type, counted),
          link: exact.asOf === undefined ? undefined : histogramLinks(tenant, exact),
        }
      })
    },
  )
}
