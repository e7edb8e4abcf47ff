/** GET /v1/recordings/{tenant}/{recordingId}/peaks (ours): no play, so the audit has no record of it. */
import type { FastifyInstance } from 'fastify'
import { problem } from '../../contract/problem.ts'
import { routes } from '../../contract/routes.ts'
import { noneMatch } from '../media/entity-tag.ts'
import { createHeldPeaks, type HeldPeaks, peaksVersion } from '../media/peaks/held-peaks.ts'
import { acceptedType } from './accepted-type.ts'
import type { StoreContext } from './app-context.ts'
import { requireTenant } from './authenticate.ts'
import { requireMatch, sendUnchanged } from './entity-tag-of.ts'
import { HttpProblem } from './http-problem.ts'
import { mediaProblem } from './media-problem.ts'
import { readQuery } from './query-entries.ts'
import { modelText, sendText } from './send-resource.ts'

/** Proxies give up after a minute or less; whoever asks again finds what was measured meanwhile. */
const patienceMs = 15_000
const askAgainSeconds = 5

export function servePeaks(app: FastifyInstance, context: StoreContext): void {
  const peaksOf = createHeldPeaks(context.media, context.together.measuring, (err) =>
    context.logger.error({ err }, 'the peaks of a recording could not be kept'),
  )
  app.get<{ Params: { tenant: string; recordingId: string } }>(
    routes.peaks.path,
    { onRequest: requireTenant(context) },
    async (request, reply) => {
      readQuery(routes.peaks.query, request)
      const type = acceptedType(request)
      const { tenant, recordingId } = request.params
      const recording = await context.source.recording(tenant, recordingId)
      if (recording === undefined)
        throw new HttpProblem(
          problem('not-found', 404, `There is no recording ${recordingId}, or not any more.`),
        )
      const found = await inTime(
        peaksOf(tenant, recording).catch((error: unknown) => {
          throw mediaProblem(request, error, 'a recording that should be held cannot be measured')
        }),
      )
      // No error, which a browser would tell in its console.
      if (found === 'underway')
        return reply
          .code(202)
          .header('retry-after', askAgainSeconds)
          .header('cache-control', 'no-store')
          .send()
      if (found.kind === 'undecodable') throw new HttpProblem(problem('no-peaks', 422, found.why))
      requireMatch(request)
      const etag = `"${recording.sha256}-${peaksVersion}-${type}"`
      if (!noneMatch(request.headers['if-none-match'], etag)) return sendUnchanged(reply, `W/${etag}`)
      return sendText(request, reply, {
        type,
        etag: `W/${etag}`,
        text: modelText(type, 'peaksV1', found.peaks),
      })
    },
  )
}

function inTime(found: Promise<HeldPeaks>): Promise<HeldPeaks | 'underway'> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => resolve('underway'), patienceMs)
    found.then(resolve, reject).finally(() => clearTimeout(late))
  })
}
