/** GET /v1/views/{tenant}/{viewId} (ours). */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { ViewV1 } from '../../contract/model/view.ts'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { routes } from '../../contract/routes.ts'
import { noneMatch } from '../media/entity-tag.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { sendUnchanged } from './entity-tag-of.ts'
import { readQuery } from './query-entries.ts'
import { modelText, varyingBy } from './send-resource.ts'
import { changedMeanwhile, isNamed, type ViewRequest, viewIdOf, viewNotFound, viewTag } from './view-tag.ts'

export function getView(app: FastifyInstance, context: StoreContext): void {
  app.get(routes.view.path, { onRequest: requireTenant(context) }, async (request: ViewRequest, reply) => {
    readQuery(routes.view.query, request)
    const type = acceptedType(request)
    const id = viewIdOf(request)
    const view = await context.views.find(request.params.tenant, id)
    if (view === undefined) throw viewNotFound(id)
    const ifMatch = request.headers['if-match']
    if (ifMatch !== undefined && !isNamed(ifMatch, view)) throw changedMeanwhile()
    const etag = viewTag(view, type)
    if (!noneMatch(request.headers['if-none-match'], etag)) return sendUnchanged(reply, etag)
    return sendView(reply, type, view)
  })
}

/** Never compressed: its mark is strong, and would be another one for other bytes. */
export function sendView(reply: FastifyReply, type: RepresentationType, view: ViewV1): FastifyReply {
  return reply
    .header('content-type', `${type}; charset=utf-8`)
    .header('cache-control', 'private, no-cache')
    .header('vary', varyingBy)
    .header('etag', viewTag(view, type))
    .send(modelText(type, 'viewV1', view))
}
