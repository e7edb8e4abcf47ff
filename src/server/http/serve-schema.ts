/** GET /v1/engagementListV1.xsd: what the XML answers look like, for whoever asks. */
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'

const schema = await readFile(
  new URL('../../contract/representation/engagementListV1.xsd', import.meta.url),
  'utf8',
)

export function serveSchema(app: FastifyInstance): void {
  app.get(routes.schema.path, async (_, reply) =>
    reply
      .header('content-type', 'application/xml; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(schema),
  )
}
