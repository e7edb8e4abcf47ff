/** Counts, histograms and samples that are asked for again are sent as they were, as pages are. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AuditAction } from '../../contract/model/audit.ts'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import type { EngagementSource } from '../source/engagement-source.ts'
import type { AuditLog } from '../store/audit-log.ts'
import { acceptedType } from './accepted-type.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { entityTagOf, freshnessOf, requireMatch, sendUnchanged } from './entity-tag-of.ts'
import { cacheStatus, createRenderedPages, type RenderedPage, wantsAnew } from './rendered-pages.ts'
import { sendText } from './send-resource.ts'

/** They are smaller than pages. */
const mostBytes = 4 * 1024 * 1024

type Request = FastifyRequest<{ Params: { tenant: string } }>
type Told = Pick<RenderedPage, 'text' | 'link'>

interface KeptAnswer extends Told {
  readonly etag: string | undefined
  /** The same as it was sent before. */
  readonly rendered: RenderedPage | undefined
}

/** What is read inside of it has one version, which the answer is marked with. */
type Reading = <T>(act: () => T | Promise<T>) => Promise<T>

/**
 * Sends an answer, and has the audit keep that it was asked for.
 * @param read gives the answer, where none is kept that is of the present version
 */
type SendKept = (
  request: Request,
  reply: FastifyReply,
  source: EngagementSource,
  read: (type: RepresentationType, reading: Reading) => Promise<Told>,
) => Promise<undefined>

export function createKeptAnswers(audit: Pick<AuditLog, 'record'>, action: AuditAction): SendKept {
  const rendered = createRenderedPages(mostBytes)
  const keptOrRead = async (
    request: Request,
    reply: FastifyReply,
    { source, type, etag }: Asked,
    read: Parameters<SendKept>[3],
  ): Promise<KeptAnswer> => {
    const anew = wantsAnew(request)
    const now = anew ? undefined : await source.version(request.params.tenant, 'now')
    const keyOf = (version: string) => `${version} ${type} ${request.raw.url}`
    const known = now === undefined ? undefined : rendered.find(keyOf(now))
    if (etag !== undefined) reply.header('cache-status', cacheStatus(known !== undefined, anew))
    if (known !== undefined) {
      const { text, link } = known
      return { text, link, etag: entityTagOf(request, now, type), rendered: known }
    }
    let version = now
    const told = await read(type, async (act) => {
      if (source.versioned === undefined) return act()
      const { value, version: of } = await source.versioned(act)
      version = of ?? version
      return value
    })
    if (version !== undefined && !anew) rendered.offer(keyOf(version), told)
    return { ...told, etag: entityTagOf(request, version, type) ?? etag, rendered: undefined }
  }
  return async (request, reply, source, read) => {
    const type = acceptedType(request)
    requireMatch(request)
    const before = await freshnessOf(request, source, type)
    if (before.unchanged) return sendUnchanged(reply, before.etag)
    const answer = await keptOrRead(request, reply, { source, type, etag: before.etag }, read)
    const { tenant } = request.params
    audit.record(auditRecord(request, { tenant, action, target: askedQuery(request) }))
    if (answer.link !== undefined) reply.header('link', answer.link)
    return sendText(request, reply, { type, ...answer })
  }
}

interface Asked {
  readonly source: EngagementSource
  readonly type: RepresentationType
  /** Of before, where the source knows no better. */
  readonly etag: string | undefined
}
