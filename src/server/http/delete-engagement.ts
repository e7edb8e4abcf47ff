/** DELETE /v1/engagements/{tenant}/{id}: an engagement goes, for privacy's sake, with its recordings. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import type { StoreContext } from './app-context.ts'
import { addressOf } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { isConditional, requireConditions } from './entity-tag-of.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'
import { requireRole } from './require-role.ts'
import { requireSameOriginOfSession } from './same-origin.ts'

export function deleteEngagement(app: FastifyInstance, context: StoreContext): void {
  const { source, remover, leftFiles, publicUrl } = context
  app.delete<{ Params: { tenant: string; id: string } }>(
    routes.engagement.path,
    { onRequest: [requireTenant(context), requireRole('admin'), requireSameOriginOfSession(publicUrl)] },
    async (request, reply) => {
      readQuery(routes.engagement.query, request)
      const { tenant, id } = request.params
      const gone = () =>
        new HttpProblem(problem('not-found', 404, `There is no engagement ${id}, or not any more.`))
      if (isConditional(request)) {
        if ((await source.engagement(tenant, id)) === undefined) throw gone()
        await requireConditions(request, source)
      }
      const subject = request.identity?.subject
      const address = addressOf(request)
      if (!(await remover.remove(tenant, id, { atMs: Date.now(), subject, address }))) throw gone()
      await leftFiles.run()
      return reply.header('cache-control', 'no-store').code(204).send()
    },
  )
}
