/** GET /v1/users/{tenant} (ours): emails seen, for suggestions. */
import type { FastifyInstance } from 'fastify'
import type { PeopleV1 } from '../../contract/model/people.ts'
import { routes } from '../../contract/routes.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { freshnessOf, readMarked, requireMatch, sendUnchanged } from './entity-tag-of.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

export function listUsers(app: FastifyInstance, context: AppContext): void {
  app.get<{ Params: { tenant: string } }>(
    routes.users.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      const source = context.sourceOf(request.identity)
      const query = readQuery(routes.users.query, request)
      const type = acceptedType(request)
      requireMatch(request)
      const before = await freshnessOf(request, source, type)
      if (before.unchanged) return sendUnchanged(reply, before.etag)
      const { value: emails, etag } = await readMarked(request, source, { type, etag: before.etag }, () =>
        source.users(request.params.tenant, query),
      )
      const body: PeopleV1 = { users: emails.map((uri) => ({ uri })) }
      return sendText(request, reply, { type, etag, text: modelText(type, 'peopleV1', body) })
    },
  )
}
