/** GET /v1/engagementListV1.xsd: what the XML answers look like, for whoever asks. */
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { routes } from '../../contract/routes.ts'
import { constantText } from './constant-text.ts'

const schema = await readFile(
  new URL('../../contract/representation/engagementListV1.xsd', import.meta.url),
  'utf8',
)

export function serveSchema(app: FastifyInstance): void {
  app.get(routes.schema.path, constantText('application/xml', schema, 'public, max-age=3600'))
}
