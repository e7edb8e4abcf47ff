/** GET /v1/audit/{tenant}. Asking leaves no record: it would move the pages that are asked for next. */
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { readQuery } from './query-entries.ts'
import { requireRole } from './require-role.ts'
import { modelText, sendText } from './send-resource.ts'

export function listAudit(app: FastifyInstance, context: StoreContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.audit.path,
    { onRequest: [requireTenant(context), requireRole('admin')] },
    async (request, reply) => {
      const query = readQuery(routes.audit.query, request)
      const type = acceptedType(request)
      const page = await context.audit.page(request.params.tenant, query)
      return sendText(request, reply, { type, text: modelText(type, 'auditListV1', page) })
    },
  )
}
