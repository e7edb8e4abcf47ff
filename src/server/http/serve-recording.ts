/** GET and HEAD /v1/recordings/{tenant}/{recordingId}: bytes that we hold, whole or by ranges. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import { type BytePiece, piecesLength, readPieces, written } from '../media/byte-pieces.ts'
import { parseByteRanges } from '../media/byte-range.ts'
import { anyMatch, ifRangeHolds, noneMatch } from '../media/entity-tag.ts'
import type { OpenBytes } from '../media/held-media.ts'
import { extensionOf } from '../media/media-type-of.ts'
import { contentRange, multipartRanges } from '../media/multipart-ranges.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import type { StoreContext } from './app-context.ts'
import { auditPlays } from './audit-plays.ts'
import { requireTenant } from './authenticate.ts'
import { HttpProblem } from './http-problem.ts'
import { mediaProblem } from './media-problem.ts'
import { readQuery } from './query-entries.ts'

type RecordingRequest = FastifyRequest<{ Params: { tenant: string; recordingId: string } }>

export function serveRecording(app: FastifyInstance, context: StoreContext): void {
  const played = auditPlays(context)
  app.route({
    // HEAD is ours too: the framework's own would send a length of 0.
    method: ['GET', 'HEAD'],
    url: routes.recording.path,
    onRequest: requireTenant(context),
    handler: async (request: RecordingRequest, reply) => {
      readQuery(routes.recording.query, request)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { bytes, pieces, first, others } = await beginCurrent(context, request, reply, gone.signal)
      try {
        played(request, reply)
        if (pieces === undefined) return reply.code(304).send()
        reply.header('content-length', piecesLength(pieces))
        if (first.done) return reply.send()
        await sendBytes(request, reply, first.value, others)
        return reply
      } finally {
        await bytes.close()
      }
    },
  })
}

/** Headers that are of the bytes, and not of a problem in their place. */
const describing = ['etag', 'accept-ranges', 'content-range', 'content-disposition', 'vary']

/** Past the framework, which knows streams alone; so whatever fails from here on can only break the answer off. */
async function sendBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  first: Uint8Array,
  others: AsyncGenerator<Uint8Array, void>,
): Promise<void> {
  const { raw } = reply.hijack()
  try {
    raw.statusCode = reply.statusCode
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) raw.setHeader(name, value)
    await written(raw, first)
    for await (const bytes of others) await written(raw, bytes)
    raw.end()
  } catch (error) {
    request.log.info({ reqId: request.id, err: error }, 'a recording was not sent to its end')
    raw.destroy()
  } finally {
    await others.return()
  }
}

/**
 * Sets status and headers in the order of RFC 9110, section 13.2.2: If-Match, If-None-Match, then If-Range and Range, which
 * GET alone knows.
 * @returns what to send, or nothing for a 304
 * @throws HttpProblem 412, 416
 */
function answerConditions(
  { method, headers }: RecordingRequest,
  reply: FastifyReply,
  recording: HeldRecording,
  size: number,
): readonly BytePiece[] | undefined {
  const etag = `"${recording.sha256}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    vary: 'Authorization, Cookie',
  })
  if (!anyMatch(headers['if-match'], etag))
    throw new HttpProblem(problem('precondition-failed', 412, 'If-Match names none of what is here.'), {
      etag,
    })
  if (!noneMatch(headers['if-none-match'], etag)) return undefined
  const asked = method === 'GET' && ifRangeHolds(headers['if-range']?.toString(), etag)
  const ranges = parseByteRanges(asked ? headers.range : undefined, size)
  if (ranges === 'unsatisfiable') {
    throw new HttpProblem(problem('range-not-satisfiable', 416, `The recording has ${size} bytes.`), {
      'content-range': `bytes */${size}`,
    })
  }
  describeBytes(reply.code(200), recording)
  if (ranges === 'whole') return size === 0 ? [] : [{ first: 0, last: size - 1 }]
  reply.code(206)
  const [range, ...others] = ranges
  if (others.length === 0) {
    reply.header('content-range', contentRange(range, size))
    return ranges
  }
  const { contentType, pieces } = multipartRanges(ranges, { size, mediaType: recording.mediaType })
  reply.header('content-type', contentType)
  return pieces
}

function describeBytes(reply: FastifyReply, { id, mediaType }: HeldRecording): void {
  reply
    .header('content-type', mediaType)
    .header('content-disposition', `inline; filename="${id}.${extensionOf(mediaType)}"`)
}

interface Begun {
  readonly bytes: OpenBytes
  /** What to send, or nothing for a 304. */
  readonly pieces: readonly BytePiece[] | undefined
  /** Read while there is still an answer to tell a failure with. */
  readonly first: IteratorResult<Uint8Array, void>
  readonly others: AsyncGenerator<Uint8Array, void>
}

/** @throws HttpProblem 404, 412, 416, 502, 503 */
async function beginCurrent(
  context: StoreContext,
  request: RecordingRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<Begun> {
  const { tenant, recordingId } = request.params
  let recording = await context.source.recording(tenant, recordingId)
  while (recording !== undefined) {
    try {
      return await begin(context, request, reply, recording, signal)
    } catch (error) {
      if (error instanceof HttpProblem) throw error
      for (const name of describing) reply.removeHeader(name)
      const now = await context.source.recording(tenant, recordingId)
      if (now?.sha256 === recording.sha256)
        throw mediaProblem(request, error, 'a recording that should be held cannot be opened')
      // Other bytes have been taken in since, and those that we were told of are gone.
      recording = now
    }
  }
  throw new HttpProblem(problem('not-found', 404, `There is no recording ${recordingId}, or not any more.`))
}

async function begin(
  { media }: StoreContext,
  request: RecordingRequest,
  reply: FastifyReply,
  recording: HeldRecording,
  signal: AbortSignal,
): Promise<Begun> {
  const { tenant } = request.params
  const isHead = request.method === 'HEAD'
  const bytes = await (isHead ? media.open : media.openToRead)(tenant, recording, signal)
  try {
    const pieces = answerConditions(request, reply, recording, bytes.size)
    const others = readPieces(bytes, isHead ? [] : (pieces ?? []))
    return { bytes, pieces, first: await others.next(), others }
  } catch (error) {
    await bytes.close()
    throw error
  }
}
