/** GET /livez and /readyz: for whoever watches the process. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import type { AppContext } from './app-context.ts'
import { HttpProblem } from './http-problem.ts'
import { sendMomentary } from './send-resource.ts'

export function health(app: FastifyInstance, context: AppContext): void {
  app.get(routes.livez.path, async (request, reply) => sendMomentary(request, reply, 'live', { live: true }))
  app.get(routes.readyz.path, async (request, reply) => {
    await context.ping().catch((error: unknown) => {
      request.log.error({ reqId: request.id, err: error }, 'the database does not answer')
      throw new HttpProblem(problem('unavailable', 503, 'The database does not answer.'))
    })
    return sendMomentary(request, reply, 'ready', { ready: true })
  })
}
