/**
 * The marks of a saved view. They are strong, because `If-Match` compares strongly (RFC 9110, section 13.1.1); each
 * representation has its own, and any of them names the revision.
 */
import type { FastifyRequest } from 'fastify'
import { isViewId, type ViewV1 } from '../../contract/model/view.ts'
import { problem } from '../../contract/problem.ts'
import { type RepresentationType, representationTypes } from '../../contract/representation/media-type.ts'
import { anyMatch, noneMatch } from '../media/entity-tag.ts'
import { HttpProblem } from './http-problem.ts'

export function viewTag({ revision }: ViewV1, type: RepresentationType): string {
  return type === 'application/json' ? `"${revision}"` : `"${revision}.${type.replace('/', '.')}"`
}

/** Whether `If-Match` names the view as it is. @param view undefined: there is none, which even `*` does not name */
export function isNamed(ifMatch: string, view: ViewV1 | undefined): view is ViewV1 {
  return view !== undefined && representationTypes.some((type) => anyMatch(ifMatch, viewTag(view, type)))
}

/** Whether `If-None-Match` names the view as it is. */
export function isExcluded(ifNoneMatch: string | undefined, view: ViewV1): boolean {
  return representationTypes.some((type) => !noneMatch(ifNoneMatch, viewTag(view, type)))
}

export function changedMeanwhile(): HttpProblem {
  return new HttpProblem(
    problem(
      'precondition-failed',
      412,
      'Somebody else has changed or removed this view meanwhile, or its id is taken. Read it again first.',
    ),
  )
}

export function saysNothing(): HttpProblem {
  const detail =
    'Expected If-Match with the ETag of the view as you know it, or If-None-Match: * for a new one.'
  return new HttpProblem(problem('precondition-required', 428, detail))
}

/** What no view can be called is not there. @throws HttpProblem 404 */
export function viewNotFound(id: string): HttpProblem {
  return new HttpProblem(problem('not-found', 404, `There is no view ${id}, or not any more.`))
}

export type ViewRequest = FastifyRequest<{ Params: { tenant: string; viewId: string } }>

/** @throws HttpProblem 404 for what no view can be called */
export function viewIdOf({ params: { viewId } }: ViewRequest): string {
  if (!isViewId(viewId)) throw viewNotFound(viewId)
  return viewId
}
