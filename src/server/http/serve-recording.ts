/** GET and HEAD /v1/recordings/{tenant}/{recordingId}: bytes from the media folder, whole or a range, by stream. */
import { type FileHandle, open } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import { parseByteRange } from '../media/byte-range.ts'
import { ifRangeHolds, noneMatch } from '../media/entity-tag.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import type { AppContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { HttpProblem } from './http-problem.ts'
import { readQuery } from './query-entries.ts'

type RecordingRequest = FastifyRequest<{ Params: { tenant: string; recordingId: string } }>

export function serveRecording(app: FastifyInstance, context: AppContext): void {
  app.route({
    // HEAD is ours too: the framework's own would send a length of 0.
    method: ['GET', 'HEAD'],
    url: routes.recording.path,
    onRequest: requireTenant(context),
    handler: async (request: RecordingRequest, reply) => {
      readQuery(routes.recording.query, request)
      const { tenant, recordingId } = request.params
      const recording = await context.source.recording(tenant, recordingId)
      if (recording === undefined)
        throw new HttpProblem(
          problem('not-found', 404, `There is no recording ${recordingId}, or not any more.`),
        )
      const file = await openBytes(context.media.pathOf(tenant, recording.id), request)
      // Whatever is not handed over to a stream is closed here.
      let handedOver = false
      try {
        const { size } = await file.stat()
        const etag = `"${recording.sha256}"`
        reply.headers({
          etag,
          'accept-ranges': 'bytes',
          'cache-control': 'private, no-cache',
          vary: 'Authorization, Cookie',
        })
        if (!noneMatch(request.headers['if-none-match'], etag)) return reply.code(304).send()
        describeBytes(reply, recording)
        const asked = request.method === 'GET' && ifRangeHolds(request.headers['if-range']?.toString(), etag)
        const range = parseByteRange(asked ? request.headers.range : undefined, size)
        if (range === 'unsatisfiable') {
          throw new HttpProblem(problem('range-not-satisfiable', 416, `The recording has ${size} bytes.`), {
            'content-range': `bytes */${size}`,
          })
        }
        const part = range === 'whole' ? { first: 0, last: size - 1 } : range
        reply.header('content-length', part.last - part.first + 1)
        if (range !== 'whole')
          reply.code(206).header('content-range', `bytes ${part.first}-${part.last}/${size}`)
        if (request.method === 'HEAD' || size === 0) return reply.send()
        handedOver = true
        return reply.send(file.createReadStream({ start: part.first, end: part.last }))
      } finally {
        if (!handedOver) await file.close()
      }
    },
  })
}

function describeBytes(reply: FastifyReply, { id, mediaType }: HeldRecording): void {
  const extension = mediaType.split('/')[1]
  reply
    .header('content-type', mediaType)
    .header('content-disposition', `inline; filename="${id}.${extension}"`)
}

async function openBytes(file: string, request: FastifyRequest): Promise<FileHandle> {
  try {
    return await open(file, 'r')
  } catch (error) {
    request.log.error({ reqId: request.id, err: error }, 'a recording that should be held cannot be opened')
    throw new HttpProblem(
      problem('not-found', 404, 'The bytes of this recording are missing or cannot be read.'),
    )
  }
}
