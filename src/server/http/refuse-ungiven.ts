/** Resources of ours that an upstream has not: whoever asks all the same is told so. */
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { exportRoute } from '../../contract/export-route.ts'
import type { SourcePart } from '../../contract/model/session.ts'
import { routes } from '../../contract/routes.ts'
import { SourceFailure } from '../source/source-failure.ts'
import type { UpstreamContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'

const ungiven: readonly (readonly [SourcePart, string, HTTPMethods | HTTPMethods[]])[] = [
  ['histogram', routes.histogram.path, 'GET'],
  ['sample', routes.sample.path, 'GET'],
  ['export', exportRoute.path, 'GET'],
  ['peaks', routes.peaks.path, 'GET'],
  ['audit', routes.audit.path, 'GET'],
  ['views', routes.views.path, 'GET'],
  ['views', routes.view.path, ['GET', 'PUT', 'DELETE']],
  ['delete', routes.engagement.path, 'DELETE'],
]

export function refuseUngiven(app: FastifyInstance, context: UpstreamContext): void {
  for (const [part, url, method] of ungiven)
    app.route<{ Params: { tenant: string } }>({
      method,
      url,
      onRequest: requireTenant(context),
      handler: async () => {
        throw new SourceFailure('not-given', part)
      },
    })
}
