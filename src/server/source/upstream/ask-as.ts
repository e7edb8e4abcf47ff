/** Questions in somebody's name: with the token that the upstream gave them. */
import type { Identity, UpstreamAccess } from '../../auth/identity.ts'
import { SourceFailure } from '../source-failure.ts'
import type { UpstreamAnswer, UpstreamClient } from './upstream-client.ts'

/**
 * @returns an answer of 200, or the status of another one
 * @throws SourceFailure where there is none, and where the upstream does not let them
 */
export type AskAs = (identity: Identity, path: string, mostBytes: number) => Promise<UpstreamAnswer>

/** @param refused gains what the upstream takes no more */
export function createAskAs(client: UpstreamClient, refused: WeakSet<UpstreamAccess>): AskAs {
  return async ({ tenant, upstream }, path, mostBytes) => {
    const authorization = bearer(upstream, refused)
    const answer = await client.ask({ tenant, path, authorization, mostBytes })
    if (upstream !== undefined) refuseDenied(answer.status, upstream, refused)
    return answer
  }
}

/** @throws SourceFailure when there is nothing (any more) to ask with */
export function bearer(upstream: UpstreamAccess | undefined, refused: WeakSet<UpstreamAccess>): string {
  if (upstream === undefined || refused.has(upstream))
    throw new SourceFailure('signed-out', 'there is no token of the upstream to ask with')
  return `Bearer ${upstream.token}`
}

/** @throws SourceFailure for 401 and 403 */
export function refuseDenied(
  status: number,
  upstream: UpstreamAccess,
  refused: WeakSet<UpstreamAccess>,
): void {
  if (status === 401) {
    refused.add(upstream)
    throw new SourceFailure('signed-out', 'the upstream takes its token no more')
  }
  if (status === 403) throw new SourceFailure('not-permitted', 'the upstream does not let them')
}
