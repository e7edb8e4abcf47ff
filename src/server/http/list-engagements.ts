/** GET /v1/engagements/{tenant} */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { writeEngagementList } from '../../contract/representation/json.ts'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { writeEngagementListXml } from '../../contract/representation/xml.ts'
import { routes } from '../../contract/routes.ts'
import type { EngagementPage, EngagementSource } from '../source/engagement-source.ts'
import { whenThere } from '../source/when-there.ts'
import { acceptedType } from './accepted-type.ts'
import type { AppContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { entityTagOf, freshnessOf, requireMatch, sendUnchanged } from './entity-tag-of.ts'
import { atExactMoment, pageLinks } from './look-back.ts'
import { readQuery } from './query-entries.ts'
import { cacheStatus, createRenderedPages, type RenderedPage, wantsAnew } from './rendered-pages.ts'
import { sendText } from './send-resource.ts'

type PageRequest = FastifyRequest<{ Params: { tenant: string } }>

export function listEngagements(app: FastifyInstance, context: AppContext): void {
  const rendered = createRenderedPages()

  const send = (
    request: PageRequest,
    reply: FastifyReply,
    page: Pick<RenderedPage, 'text' | 'link'>,
    how: {
      readonly type: RepresentationType
      readonly etag: string | undefined
      readonly rendered?: RenderedPage
    },
  ) => {
    const { tenant } = request.params
    context.audit.record(auditRecord(request, { tenant, action: 'list', target: askedQuery(request) }))
    // The reference's example answers so.
    reply.raw.statusMessage = 'Looks Good'
    if (page.link !== undefined) reply.header('link', page.link)
    return sendText(request, reply, { ...how, text: page.text })
  }

  app.get<{ Params: { tenant: string } }>(
    routes.engagements.path,
    { onRequest: requireTenant(context) },
    (request, reply) => {
      const { tenant } = request.params
      const query = readQuery(routes.engagements.query, request)
      const type = acceptedType(request)
      requireMatch(request)
      const source = context.sourceOf(request.identity)
      const write = type === 'application/json' ? writeEngagementList : writeEngagementListXml
      return whenThere(freshnessOf(request, source, type), ({ etag, unchanged }) => {
        if (unchanged) return sendUnchanged(reply, etag)
        // Whoever wants it read anew needs no version to find a kept one by.
        const anew = wantsAnew(request)
        return whenThere(anew ? undefined : source.version(tenant, 'now'), (version) => {
          const keyOf = (of: string) => `${of} ${type} ${request.raw.url}`
          const known = version === undefined ? undefined : rendered.find(keyOf(version))
          if (etag !== undefined) reply.header('cache-status', cacheStatus(known !== undefined, anew))
          if (known !== undefined)
            return send(request, reply, known, {
              type,
              etag: entityTagOf(request, version, type),
              rendered: known,
            })
          return whenThere(atExactMoment(source, tenant, query), (exact) =>
            whenThere(readPage(source, tenant, exact, version), ({ page, of }) => {
              const { hasMore, documents, unread } = page
              const text = write(hasMore, documents, unread)
              const link = exact.asOf === undefined ? undefined : pageLinks(tenant, exact, hasMore)
              if (of !== undefined && !anew) rendered.offer(keyOf(of), { text, link })
              return send(
                request,
                reply,
                { text, link },
                { type, etag: entityTagOf(request, of, type) ?? etag },
              )
            }),
          )
        })
      })
    },
  )
}

interface ReadPage {
  readonly page: EngagementPage
  /** The version that it is of. */
  readonly of: string | undefined
}

/** @param version of before, where the source knows no better */
function readPage(
  source: EngagementSource,
  tenant: string,
  query: EngagementQuery,
  version: string | undefined,
): ReadPage | Promise<ReadPage> {
  if (source.versioned === undefined)
    return whenThere(source.page(tenant, query), (page) => ({ page, of: version }))
  return source
    .versioned(() => source.page(tenant, query))
    .then((read) => ({ page: read.value, of: read.version ?? version }))
}
