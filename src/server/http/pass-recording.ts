/** GET and HEAD /v1/recordings/{tenant}/{recordingId} where the bytes lie elsewhere: they come through, and are never kept. */
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
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
      if (status === 416) {
        recording.body.destroy()
        throw new HttpProblem(
          problem('range-not-satisfiable', 416, 'The recording has no such bytes.'),
          headers,
        )
      }
      reply.code(status).headers({
        ...headers,
        'cache-control': 'private, no-cache',
        vary: 'Authorization, Cookie',
        ...(status !== 304 && { 'content-disposition': disposition(headers['content-type']) }),
      })
      await passBytes(request, reply, recording)
      return reply
    },
  })
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
function disposition(contentType: string | undefined): string {
  const [, kind = 'bin'] = /^(?:audio|video)\/(?:x-)?(\w+)/.exec(contentType ?? '') ?? []
  return `inline; filename="recording.${kind}"`
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
  return {
    method: method === 'HEAD' ? 'HEAD' : 'GET',
    range: method === 'GET' ? range?.toLowerCase() : undefined,
    ifRange: strongTag(headers['if-range']?.toString()),
    ifNoneMatch: strongTag(headers['if-none-match']),
  }
}

function strongTag(value: string | undefined): string | undefined {
  return /^"[\x21\x23-\x7e]{0,256}"$/.exec(value?.trim() ?? '')?.[0]
}
