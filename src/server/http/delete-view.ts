/** DELETE /v1/views/{tenant}/{viewId} (ours): a view goes, for whoever knows it as it is. */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { readQuery } from './query-entries.ts'
import { requireSameOriginOfSession } from './same-origin.ts'
import {
  changedMeanwhile,
  isExcluded,
  isNamed,
  saysNothing,
  type ViewRequest,
  viewIdOf,
  viewNotFound,
} from './view-tag.ts'

export function deleteView(app: FastifyInstance, context: StoreContext): void {
  const { views, publicUrl } = context
  app.delete(
    routes.view.path,
    { onRequest: [requireTenant(context), requireSameOriginOfSession(publicUrl)] },
    async (request: ViewRequest, reply) => {
      readQuery(routes.view.query, request)
      const id = viewIdOf(request)
      const { tenant } = request.params
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
      if (ifMatch === undefined) throw saysNothing()
      const known = await views.find(tenant, id)
      if (known === undefined) throw viewNotFound(id)
      if (!isNamed(ifMatch, known) || isExcluded(ifNoneMatch, known)) throw changedMeanwhile()
      if (!(await views.remove(tenant, id, known.revision))) throw changedMeanwhile()
      return reply.header('cache-control', 'no-store').code(204).send()
    },
  )
}
