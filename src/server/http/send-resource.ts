/** A resource as the answer: a text of one of the representations, compressed where that pays. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { writeXml } from '../../contract/representation/xml.ts'
import { acceptedType } from './accepted-type.ts'
import { chooseContentCoding, compress, smallestCompressed } from './content-coding.ts'

export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  type: RepresentationType,
  text: string,
): FastifyReply | Promise<FastifyReply> {
  reply
    .header('content-type', contentTypes[type])
    .header('cache-control', 'private, no-cache')
    .header('vary', varyingBy)
  const coding =
    text.length < smallestCompressed ? undefined : chooseContentCoding(request.headers['accept-encoding'])
  if (coding === undefined) return reply.send(text)
  return compress(text, coding).then((bytes) => reply.header('content-encoding', coding).send(bytes))
}

/**
 * Any model whose JSON is no ready text.
 * @param root the name of its root element in XML
 * @throws HttpProblem 406
 */
export function sendModel(
  request: FastifyRequest,
  reply: FastifyReply,
  root: string,
  value: object,
): FastifyReply | Promise<FastifyReply> {
  const type = acceptedType(request)
  return sendText(request, reply, type, modelText(type, root, value))
}

export function modelText(type: RepresentationType, root: string, value: object): string {
  return type === 'application/json' ? JSON.stringify(value) : writeXml(root, value)
}

/** What the answers of one address differ by. */
const varyingBy = 'Accept, Accept-Encoding, Authorization, Cookie'

const contentTypes: Readonly<Record<RepresentationType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/xml': 'application/xml; charset=utf-8',
  'text/xml': 'text/xml; charset=utf-8',
}
