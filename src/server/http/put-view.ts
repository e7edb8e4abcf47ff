/** PUT /v1/views/{tenant}/{viewId} (ours): a view is saved, or changed by whoever knows it as it is. */
import type { FastifyInstance } from 'fastify'
import { mostViews, type ViewContent, viewContent } from '../../contract/model/view.ts'
import { problem } from '../../contract/problem.ts'
import { readStated } from '../../contract/query/stated-query.ts'
import { routes } from '../../contract/routes.ts'
import type { ViewChange } from '../store/saved-views.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { sendView } from './get-view.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'
import { requireSameOriginOfSession } from './same-origin.ts'
import { changedMeanwhile, isExcluded, isNamed, saysNothing, type ViewRequest, viewIdOf } from './view-tag.ts'

const largestBodyBytes = 32 * 1024

export function putView(app: FastifyInstance, context: StoreContext): void {
  const { views, publicUrl } = context
  app.put(
    routes.view.path,
    {
      onRequest: [requireTenant(context), requireSameOriginOfSession(publicUrl)],
      bodyLimit: largestBodyBytes,
    },
    async (request: ViewRequest, reply) => {
      readQuery(routes.view.query, request)
      const type = acceptedType(request)
      const id = viewIdOf(request)
      const content = readContent(request.body)
      const { tenant } = request.params
      const deed = { atMs: Date.now(), by: request.identity?.subject ?? '' }
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
      if (ifMatch === undefined && ifNoneMatch?.trim() !== '*') throw saysNothing()
      const known = ifMatch === undefined ? undefined : await views.find(tenant, id)
      if (ifMatch !== undefined && (!isNamed(ifMatch, known) || isExcluded(ifNoneMatch, known)))
        throw changedMeanwhile()
      const change =
        known === undefined
          ? await views.create(tenant, id, content, deed)
          : await views.replace(tenant, id, known.revision, content, deed)
      if (change.kind !== 'done') throw refusal(change, content)
      return sendView(reply.code(known === undefined ? 201 : 200), type, change.view)
    },
  )
}

/** @throws HttpProblem 400 naming what was wrong */
function readContent(body: unknown): ViewContent {
  const read = viewContent.safeParse(body)
  if (!read.success) {
    const errors = read.error.issues.map(({ path, message }) => ({
      parameter: path.join('.') || '(body)',
      value: '',
      message,
    }))
    const detail = 'Expected a JSON object with name, format and parameters, each with name and values.'
    throw new HttpProblem(problem('invalid-body', 400, detail, errors))
  }
  const { format, parameters } = read.data
  const stated = readStated(format, parameters)
  if (stated.kind === 'read') return read.data
  const { parameter, wrong } = stated
  const value = parameters.find(({ name }) => name === parameter)?.values.join(', ') ?? ''
  throw new HttpProblem(
    problem('invalid-body', 400, `The view cannot be saved. ${wrong}`, [
      { parameter, value, message: wrong },
    ]),
  )
}

function refusal(change: Exclude<ViewChange, { kind: 'done' }>, { name }: ViewContent): HttpProblem {
  if (change.kind === 'stale') return changedMeanwhile()
  const detail =
    change.kind === 'name-taken'
      ? `There is a view called “${name}” already; another name is needed.`
      : `There are ${mostViews} views already, which is as many as a tenant may have; one has to go first.`
  return new HttpProblem(problem('view-conflict', 409, detail))
}
