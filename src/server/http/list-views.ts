/** GET /v1/views/{tenant} (ours): the views that were saved for the whole tenant. */
import type { FastifyInstance } from 'fastify'
import type { ViewListV1 } from '../../contract/model/view.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

export function listViews(app: FastifyInstance, context: StoreContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.views.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      readQuery(routes.views.query, request)
      const type = acceptedType(request)
      const body: ViewListV1 = { views: [...(await context.views.list(request.params.tenant))] }
      return sendText(request, reply, { type, text: modelText(type, 'viewListV1', body) })
    },
  )
}
