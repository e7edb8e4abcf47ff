/** A resource as the answer: a text of one of the representations, compressed where that pays. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RepresentationType } from '../../contract/representation/media-type.ts'
import { writeXml } from '../../contract/representation/xml.ts'
import { acceptedType } from './accepted-type.ts'
import { chooseContentCoding, compress, smallestCompressed } from './content-coding.ts'
import type { RenderedPage } from './rendered-pages.ts'

interface ResourceText {
  readonly type: RepresentationType
  readonly text: string
  /** Absent: nothing says whether it changed. */
  readonly etag?: string | undefined
  /** Absent: kept by the caller alone, and asked for again. */
  readonly cache?: 'no-store'
  /** The same text as it was sent before. */
  readonly rendered?: RenderedPage | undefined
}

/** @returns nothing once it is sent, rather than the reply: the framework would take that for a promise, and wait for it */
export function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, text, etag, cache, rendered }: ResourceText,
): undefined | Promise<undefined> {
  reply
    .header('content-type', contentTypes[type])
    .header('cache-control', cache ?? 'private, no-cache')
    .header('vary', varyingBy)
  if (etag !== undefined) reply.header('etag', etag)
  const coding =
    text.length < smallestCompressed ? undefined : chooseContentCoding(request.headers['accept-encoding'])
  if (coding !== undefined) reply.header('content-encoding', coding)
  if (rendered === undefined && coding === undefined) {
    reply.send(text)
    return undefined
  }
  const send = (bytes: Buffer): undefined => {
    rendered?.keep(coding ?? 'identity', bytes)
    reply.send(bytes)
    return undefined
  }
  const ready = rendered?.bytes(coding ?? 'identity')
  if (ready !== undefined) {
    reply.send(ready)
    return undefined
  }
  const bytes = coding === undefined ? Buffer.from(text) : compress(text, coding)
  return Buffer.isBuffer(bytes) ? send(bytes) : bytes.then(send)
}

/** What is true of this moment alone, as the request wants it. @throws HttpProblem 406 */
export function sendMomentary(
  request: FastifyRequest,
  reply: FastifyReply,
  root: string,
  value: object,
): undefined | Promise<undefined> {
  const type = acceptedType(request)
  return sendText(request, reply, { type, text: modelText(type, root, value), cache: 'no-store' })
}

/** The text of any model whose JSON is no ready text. @param root the name of its root element in XML */
export function modelText(type: RepresentationType, root: string, value: object): string {
  return type === 'application/json' ? JSON.stringify(value) : writeXml(root, value)
}

/** What the answers of one address differ by. */
export const varyingBy = 'Accept, Accept-Encoding, Authorization, Cookie'

const contentTypes: Readonly<Record<RepresentationType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/xml': 'application/xml; charset=utf-8',
  'text/xml': 'text/xml; charset=utf-8',
}
