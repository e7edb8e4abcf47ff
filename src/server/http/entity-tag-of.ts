/** Marks answers, so that whoever polls is told "the same as before" without the rows being read. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { type RepresentationType, representationTypes } from '../../contract/representation/media-type.ts'
import { noneMatch } from '../media/entity-tag.ts'
import type { EngagementSource } from '../source/engagement-source.ts'
import { whenThere } from '../source/when-there.ts'
import { HttpProblem } from './http-problem.ts'
import { varyingBy } from './send-resource.ts'

export interface Freshness {
  /** Weak: the bytes differ by compression. Absent where the source knows no version. */
  readonly etag: string | undefined
  /** The caller has this already. */
  readonly unchanged: boolean
}

/**
 * To be asked before what is answered is read: rows that change in between then carry a mark that is too old, and are sent
 * once more; never one that is too new.
 */
export function freshnessOf(
  request: FastifyRequest<{ Params: { tenant: string } }>,
  source: EngagementSource,
  type: RepresentationType,
): Freshness | Promise<Freshness> {
  const known = request.headers['if-none-match']
  const { tenant } = request.params
  const version =
    known === undefined ? source.version(tenant, 'lately') : source.version(tenant, 'now', seenIn(known))
  return whenThere(version, (text) => {
    if (text === undefined) return { etag: undefined, unchanged: false }
    const opaque = opaqueOf(request, text, type)
    return { etag: `W/${opaque}`, unchanged: known !== undefined && !noneMatch(known, opaque) }
  })
}

/** Of what is there: a weak mark is never the same to `If-Match` (RFC 9110, section 13.1.1). @throws HttpProblem 412 */
export function requireMatch({ headers }: FastifyRequest): void {
  const known = headers['if-match']
  if (known !== undefined && known.trim() !== '*')
    throw unmet('If-Match names none of what is here: ETags of engagements are weak, and only * does.')
}

export function isConditional({ headers }: FastifyRequest): boolean {
  return headers['if-match'] !== undefined || headers['if-none-match'] !== undefined
}

/**
 * To be asked before what is there is changed.
 * @throws HttpProblem 412 where the caller means another one, or none (RFC 9110, section 13.2.2)
 */
export async function requireConditions(
  request: FastifyRequest<{ Params: { tenant: string } }>,
  source: EngagementSource,
): Promise<void> {
  requireMatch(request)
  for (const type of representationTypes)
    if ((await freshnessOf(request, source, type)).unchanged) throw unmet('If-None-Match names what is here.')
}

function unmet(detail: string): HttpProblem {
  return new HttpProblem(problem('precondition-failed', 412, detail))
}

/** Of what was read from a version. */
export function entityTagOf(
  request: FastifyRequest,
  version: string | undefined,
  type: RepresentationType,
): string | undefined {
  return version === undefined ? undefined : `W/${opaqueOf(request, version, type)}`
}

/**
 * What is answered, and its mark: of just the rows that were read, where the source knows that, so that nobody is given others
 * under the same one.
 * @param etag of before
 */
export async function readMarked<T>(
  request: FastifyRequest,
  source: EngagementSource,
  { type, etag }: { readonly type: RepresentationType; readonly etag: string | undefined },
  read: () => T | Promise<T>,
): Promise<{ readonly value: T; readonly etag: string | undefined }> {
  if (source.versioned === undefined) return { value: await read(), etag }
  const { value, version } = await source.versioned(read)
  return { value, etag: entityTagOf(request, version, type) ?? etag }
}

function opaqueOf(request: FastifyRequest, version: string, type: RepresentationType): string {
  return `"${version}-${digest(type, request.raw.url ?? '')}"`
}

/** The version of a mark of ours; of several one. */
function seenIn(known: string): string | undefined {
  return /"([a-z0-9]+)-[a-z0-9]+"/.exec(known)?.[1]
}

/** RFC 9110, section 15.4.5. */
export function sendUnchanged(reply: FastifyReply, etag: string | undefined): undefined {
  reply
    .code(304)
    .header('etag', etag)
    .header('cache-control', 'private, no-cache')
    .header('vary', varyingBy)
    .send()
  return undefined
}

/** FNV-1a. Two addresses may share one: a mark is compared with those of its own address. */
function digest(type: string, url: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < type.length; at++) hash = Math.imul(hash ^ type.charCodeAt(at), 0x01000193)
  for (let at = 0; at < url.length; at++) hash = Math.imul(hash ^ url.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}
