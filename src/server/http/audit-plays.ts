/**
 * A record for each play, not for each of its range requests: a player begins with the first byte, and asks for more from
 * elsewhere when it seeks. Who asks only for later bytes leaves a record as well, once an hour, and so does a script of a
 * page, which reads what the player beside it plays in order to draw it: no part of a recording is had without one.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { StoreContext } from './app-context.ts'
import { auditRecord } from './audit-record.ts'

type RecordingRequest = FastifyRequest<{ Params: { tenant: string; recordingId: string } }>

/** To be told of every answer before it begins: a player that seeks ends the one it no longer needs. A 304 is played from what the browser has kept. */
export function auditPlays({
  audit,
  together: { plays },
}: StoreContext): (request: RecordingRequest, reply: FastifyReply) => void {
  return (request, reply) => {
    if (request.method === 'GET') {
      const { tenant, recordingId } = request.params
      const record = auditRecord(request, { tenant, action: 'play', target: recordingId })
      const key = `${tenant}\n${record.subject}\n${recordingId}`
      const recent = plays.has(key, record.atMs)
      const fromStart = /^bytes 0-|^$/.test(String(reply.getHeader('content-range') ?? ''))
      // Browsers say what they ask for, and let no page say otherwise (Fetch Metadata, section 2.1). A script's is empty.
      const byScript = request.headers['sec-fetch-dest'] === 'empty'
      if ((fromStart && !byScript) || !recent) {
        audit.record(record)
        plays.note(key, record.atMs)
      }
    }
  }
}
