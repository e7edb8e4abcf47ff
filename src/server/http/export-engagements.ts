/** GET and HEAD /v1/engagements/export/{tenant} (ours): all that a filter lets through, as a file that is written as it is read. */
import { isIPv6 } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { exportRoute } from '../../contract/export-route.ts'
import { type ExportQuery, exportQuery } from '../../contract/query/export-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { zonedTime } from '../../contract/query/zoned-time.ts'
import { frameHead } from '../../contract/representation/export-frames.ts'
import { exportName } from '../../contract/representation/export-name.ts'
import { exportTypes, framesType } from '../../contract/representation/export-types.ts'
import { pathOf } from '../../contract/routes.ts'
import { type About, aboutExport, filterOf } from '../export/about.ts'
import { jsonTexts, ndjsonTexts, xmlTexts } from '../export/write-documents.ts'
import { type Batches, csvTexts, workbookBytes } from '../export/write-table.ts'
import { written } from '../media/byte-pieces.ts'
import type { StoreContext } from './app-context.ts'
import { askedQuery, auditRecord } from './audit-record.ts'
import { requireTenant } from './authenticate.ts'
import { readQuery } from './query-entries.ts'

type ExportRequest = FastifyRequest<{ Params: { tenant: string } }>

export function exportEngagements(app: FastifyInstance, context: StoreContext): void {
  const { source, audit, publicUrl } = context
  app.route({
    // HEAD is ours too: the framework's own would write the whole file to nobody.
    method: ['GET', 'HEAD'],
    url: exportRoute.path,
    onRequest: requireTenant(context),
    handler: async (request: ExportRequest, reply) => {
      const { tenant } = request.params
      const asked = readQuery(exportRoute.query, request)
      const query = { ...asked, asOf: await source.arrivedBy(tenant, asked.asOf ?? 'now') }
      const rows = await source.count(tenant, filterOf(query))
      audit.record(auditRecord(request, { tenant, action: 'export', target: askedQuery(request) }))
      describeFile(reply, tenant, query, rows)
      const origin = publicUrl?.origin ?? originOf(request)
      const about = query.about === 'yes' ? aboutExport({ tenant, origin, rows }, query) : undefined
      const progress = { rows: 0 }
      const batches = counted(source.batches(tenant, query), progress)
      const file = fileParts(batches, query, about)
      const parts = query.framed === 'yes' ? inFrames(request, file, progress) : file
      await sendParts(request, reply, request.method === 'HEAD' ? [] : parts)
      return reply
    },
  })
}

/** HTTP/1.0 needs no Host. */
function originOf({ headers: { host }, socket: { localAddress = '', localPort } }: ExportRequest): string {
  const address = isIPv6(localAddress) ? `[${localAddress}]` : localAddress
  return `http://${host ?? `${address}:${localPort}`}`
}

function describeFile(
  reply: FastifyReply,
  tenant: string,
  query: ExportQuery & { readonly asOf: EpochMs },
  rows: number,
): void {
  const name = exportName(tenant, query)
  // RFC 6266: the second name is for those who know it, and has the letters that the first cannot have.
  const plain = name.replace(/[^\w.+-]/g, '_')
  const canonical = pathOf(exportRoute, { tenant }, exportQuery.write(query))
  reply.headers({
    'content-type': query.framed === 'yes' ? framesType : contentType(query.format),
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'hindsight-rows': String(rows),
    link: `<${canonical}>; rel="canonical"`,
    'cache-control': 'no-store',
  })
}

function contentType(format: ExportQuery['format']): string {
  const type = exportTypes[format]
  return format === 'xlsx' ? type : `${type}; charset=utf-8`
}

async function* counted(batches: Batches, progress: { rows: number }): AsyncGenerator<readonly string[]> {
  for await (const documents of batches) {
    progress.rows += documents.length
    yield documents
  }
}

async function* fileParts(
  batches: Batches,
  { format, columns, tz: zone = 'UTC' }: ExportQuery,
  about: About | undefined,
): AsyncGenerator<Uint8Array> {
  const table = { columns, zone, time: zonedTime(zone), about }
  if (format === 'xlsx') {
    yield* workbookBytes(batches, table)
    return
  }
  const texts = {
    csv: () => csvTexts(batches, table),
    json: () => jsonTexts(batches, about),
    ndjson: () => ndjsonTexts(batches, about),
    xml: () => xmlTexts(batches, about),
  }[format]()
  for await (const text of texts) yield Buffer.from(text)
}

/** @param progress how many rows are in what has been given so far */
async function* inFrames(
  request: FastifyRequest,
  parts: AsyncIterable<Uint8Array>,
  progress: { readonly rows: number },
): AsyncGenerator<Uint8Array> {
  try {
    for await (const bytes of parts) {
      yield frameHead('part', progress.rows, bytes.length)
      yield bytes
    }
    yield frameHead('end', progress.rows, 0)
  } catch (error) {
    request.log.error({ reqId: request.id, err: error }, 'an export broke off')
    const why = Buffer.from('The server could not read on. The failure has been logged.')
    yield frameHead('broken', progress.rows, why.length)
    yield why
  }
}

/**
 * Past the framework, and a part only once the one before has left the process: a reader that stalls costs one part. Whatever
 * fails can only break the answer off, which then lacks the last chunk of HTTP.
 */
async function sendParts(
  request: FastifyRequest,
  reply: FastifyReply,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const { raw } = reply.hijack()
  try {
    raw.statusCode = reply.statusCode
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) raw.setHeader(name, value)
    for await (const bytes of parts) await written(raw, bytes)
    raw.end()
  } catch (error) {
    request.log.info({ reqId: request.id, err: error }, 'an export was not sent to its end')
    raw.destroy()
  }
}
