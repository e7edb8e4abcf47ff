/** Counts, histograms and samples that are asked for again are sent as they were, as pages are. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import type { EngagementSource } from '../source/engagement-source.ts'
import { entityTagOf } from './entity-tag-of.ts'
import { cacheStatus, createRenderedPages, type RenderedPage } from './rendered-pages.ts'

/** They are smaller than pages. */
const mostBytes = 4 * 1024 * 1024

type Told = Pick<RenderedPage, 'text' | 'link'>

export interface KeptAnswer extends Told {
  readonly etag: string | undefined
  /** The same as it was sent before. */
  readonly rendered: RenderedPage | undefined
}

interface Asked {
  readonly source: EngagementSource
  readonly type: RepresentationType
  /** Of before, where the source knows no better. */
  readonly etag: string | undefined
}

/** What is read inside of it has one version, which the answer is marked with. */
type Reading = <T>(act: () => T | Promise<T>) => Promise<T>

/** @param read gives the answer, where none is kept that is of the present version */
export type KeptOrRead = (
  request: FastifyRequest<{ Params: { tenant: string } }>,
  reply: FastifyReply,
  asked: Asked,
  read: (reading: Reading) => Promise<Told>,
) => Promise<KeptAnswer>

export function createKeptAnswers(): KeptOrRead {
  const rendered = createRenderedPages(mostBytes)
  return async (request, reply, { source, type, etag }, read) => {
    const anew = request.headers['cache-control'] === 'no-cache'
    const now = anew ? undefined : await source.version(request.params.tenant, 'now')
    const keyOf = (version: string) => `${version} ${type} ${request.raw.url}`
    const known = now === undefined ? undefined : rendered.find(keyOf(now))
    if (etag !== undefined) reply.header('cache-status', cacheStatus(known !== undefined, anew))
    if (known !== undefined) {
      const { text, link } = known
      return { text, link, etag: entityTagOf(request, now, type), rendered: known }
    }
    let version = now
    const told = await read(async (act) => {
      if (source.versioned === undefined) return act()
      const { value, version: of } = await source.versioned(act)
      version = of ?? version
      return value
    })
    if (version !== undefined && !anew) rendered.offer(keyOf(version), told)
    return { ...told, etag: entityTagOf(request, version, type) ?? etag, rendered: undefined }
  }
}
