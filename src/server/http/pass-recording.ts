/** GET and HEAD /v1/recordings/{tenant}/{recordingId} where the bytes lie elsewhere: they come through, and are never kept. */
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import { anyMatch, noneMatch } from '../media/entity-tag.ts'
import { extensionOf } from '../media/media-type-of.ts'
import type { OpenRecording, RecordingQuestion } from '../source/upstream/upstream-recordings.ts'
import type { UpstreamContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'

type RecordingRequest = FastifyRequest<{ Params: { tenant: string; recordingId: string } }>

export function passRecording(app: FastifyInstance, context: UpstreamContext): void {
  app.route({
    // HEAD is ours too: the framework's own would send a length of 0.
    method: ['GET', 'HEAD'],
    url: routes.recording.path,
    onRequest: requireTenant(context),
    handler: async (request: RecordingRequest, reply) => {
      readQuery(routes.recording.query, request)
      const { recordingId } = request.params
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { identity } = request
      const recording =
        identity && (await context.recordings.open(identity, recordingId, questionOf(request), gone.signal))
      if (recording === undefined)
        throw new HttpProblem(
          problem('not-found', 404, `There is no recording ${recordingId}, or not any more.`),
        )
      const { status, headers } = recording
      const refused = refusalOf(request, recording)
      if (refused !== undefined) {
        recording.body.destroy()
        throw refused
      }
      reply.headers({ 'cache-control': 'private, no-cache', vary: 'Authorization, Cookie' })
      // That host was asked about one tag at most.
      if (!noneMatch(request.headers['if-none-match'], headers.etag ?? '')) {
        recording.body.destroy()
        return reply
          .code(304)
          .headers(headers.etag === undefined ? {} : { etag: headers.etag })
          .send()
      }
      reply.code(status).headers({
        ...headers,
        ...(status !== 304 && { 'content-disposition': disposition(headers['content-type']) }),
      })
      await passBytes(request, reply, recording)
      return reply
    },
  })
}

/** Other hosts may know neither of the conditions that are told from an answer. */
function refusalOf(
  { headers: asked }: RecordingRequest,
  { status, headers }: OpenRecording,
): HttpProblem | undefined {
  if (status === 416)
    return new HttpProblem(problem('range-not-satisfiable', 416, 'The recording has no such bytes.'), headers)
  if (anyMatch(asked['if-match'], headers.etag ?? '')) return undefined
  return new HttpProblem(problem('precondition-failed', 412, 'If-Match names none of what is here.'))
}

/**
 * Past the framework, which would end an answer whose source breaks off. A piece is asked for when the one before has left
 * the process; and what breaks off there is broken off here, so that nobody takes it for the whole.
 */
async function passBytes(
  request: RecordingRequest,
  reply: FastifyReply,
  recording: OpenRecording,
): Promise<void> {
  const { raw } = reply.hijack()
  try {
    raw.writeHead(reply.statusCode, definite(reply.getHeaders()))
    await pipeline(recording.body, raw)
  } catch (error) {
    const { message } = recording.failure(error)
    request.log.info({ reqId: request.id, why: message }, 'a recording was not sent to its end')
    raw.destroy()
  }
}

/** What it is saved as: the upstream's own name for it may say more than it should. */
function disposition(contentType = ''): string {
  return `inline; filename="recording.${extensionOf(contentType)}"`
}

function definite(
  headers: ReturnType<FastifyReply['getHeaders']>,
): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** One range as it was asked for; several are answered with the whole, as RFC 9110 allows (section 14.2). */
function questionOf({ method, headers }: FastifyRequest): RecordingQuestion {
  const range = /^bytes=(?:\d{1,16}-\d{0,16}|-\d{1,16})$/i.exec(headers.range?.trim() ?? '')?.[0]
  const ifRange = strongTag(headers['if-range']?.toString())
  // By a date or a weak tag nobody can tell whether the part fits what they have (section 13.1.5).
  const isPart = method === 'GET' && (headers['if-range'] === undefined || ifRange !== undefined)
  return {
    method: method === 'HEAD' ? 'HEAD' : 'GET',
    range: isPart ? range?.toLowerCase() : undefined,
    ifRange,
    ifNoneMatch: strongTag(headers['if-none-match']),
  }
}

function strongTag(value: string | undefined): string | undefined {
  return /^"[\x21\x23-\x7e]{0,256}"$/.exec(value?.trim() ?? '')?.[0]
}
