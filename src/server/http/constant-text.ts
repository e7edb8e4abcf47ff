/** A text that is the same for as long as we run: put into a coding when it is first asked for in it, and kept so. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ContentCoding, chooseContentCoding, compress, smallestCompressed } from './content-coding.ts'

export function constantText(type: string, text: string, cacheControl = 'no-cache') {
  const coded = new Map<ContentCoding, Buffer>()
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply
      .header('content-type', `${type}; charset=utf-8`)
      .header('cache-control', cacheControl)
      .header('vary', 'Accept-Encoding')
    if (text.length < smallestCompressed) return reply.send(text)
    const coding = chooseContentCoding(request.headers['accept-encoding'])
    if (coding === undefined) return reply.send(text)
    const bytes = coded.get(coding) ?? (await compress(text, coding))
    coded.set(coding, bytes)
    return reply.header('content-encoding', coding).send(bytes)
  }
}
