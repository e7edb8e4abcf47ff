/** GET /v1/openapi.json, and the same to be read at /docs: no script, so that it needs no exception in our own policy. */
import type { FastifyInstance } from 'fastify'
import { openApiDocument } from '../../contract/openapi/document.ts'
import { routes } from '../../contract/routes.ts'
import { constantText } from './constant-text.ts'
import { docsPage, docsStyle } from './docs-page.ts'

export function describeApi(app: FastifyInstance): void {
  const document = openApiDocument()
  app.get(routes.openapi.path, constantText('application/json', JSON.stringify(document)))
  app.get(routes.docs.path, constantText('text/html', docsPage(document)))
  app.get(routes.docsStyle.path, constantText('text/css', docsStyle))
}
