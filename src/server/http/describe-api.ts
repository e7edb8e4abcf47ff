/** GET /v1/openapi.json, and the same to be read at /docs: no script, so that it needs no exception in our own policy. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import { openApiDocument } from '../../contract/openapi/document.ts'
import { routes } from '../../contract/routes.ts'
import { docsPage, docsStyle } from './docs-page.ts'

export function describeApi(app: FastifyInstance): void {
  // Nothing of it changes while we run.
  const document = openApiDocument()
  const text = JSON.stringify(document)
  const page = docsPage(document)
  const send = (reply: FastifyReply, type: string, body: string) =>
    reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-cache').send(body)

  app.get(routes.openapi.path, async (_, reply) => send(reply, 'application/json', text))
  app.get(routes.docs.path, async (_, reply) => send(reply, 'text/html', page))
  app.get(routes.docsStyle.path, async (_, reply) => send(reply, 'text/css', docsStyle))
}
