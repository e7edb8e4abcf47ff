/** GET /v1/engagements/{tenant}/{id} (ours): what a shared link to one engagement needs. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'
import { sendJson } from './send-json.ts'

export function getEngagement(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string; id: string } }>(
    routes.engagement.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      readQuery(routes.engagement.query, request)
      const { tenant, id } = request.params
      const document = await context.source.engagement(tenant, id)
      if (document === undefined)
        throw new HttpProblem(problem('not-found', 404, `There is no engagement ${id}, or not any more.`))
      return sendJson(request, reply, document)
    },
  )
}
