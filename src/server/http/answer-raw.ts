/** Problems for what never becomes a request: broken HTTP, answered on the connection itself, which then ends. */
import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ConnectionError, FastifyBaseLogger, FastifyInstance } from 'fastify'
import { type Problem, problem } from '../../contract/problem.ts'
import { chooseProblemType } from '../../contract/representation/media-type.ts'
import { writeProblemXml } from '../../contract/representation/xml.ts'
import { notServed } from './http-problem.ts'
import { addressTooLong, longestUrl } from './refuse-malformed.ts'
import { dataHeaders } from './security-headers.ts'
import type { ServedMethods } from './served-methods.ts'

/** Of a request's line and headers together. */
export const mostHeaderBytes = 32 * 1024

/** How long what still arrives is read and thrown away: closing at once would reset the connection under our answer. */
const lingerMs = 1000

interface RawContext {
  readonly served: ServedMethods
  readonly publicUrl: URL | undefined
  readonly logger: FastifyBaseLogger
}

/** For the framework's `clientErrorHandler`. */
export function answerBrokenHttp(context: RawContext) {
  // What follows the broken part is broken too; it has had its answer.
  const answered = new WeakSet<Socket>()
  return (error: ConnectionError, socket: Socket): void => {
    if (answered.has(socket)) return
    answered.add(socket)
    if (error.code === 'ECONNRESET') socket.destroy()
    else afterWholeRequests(socket, () => refuse(context, error, socket))
  }
}

/** Requests that arrived whole before the broken part have their answers first: it would be taken for one of them. */
function afterWholeRequests(socket: Socket, act: () => void): void {
  const answer = answerUnderWay(socket)
  if (answer?.req.complete) answer.once('finish', () => afterWholeRequests(socket, act))
  else act()
}

function refuse({ served, publicUrl, logger }: RawContext, error: ConnectionError, socket: Socket): void {
  // An answer that has begun cannot be followed by another one; Node looks the same way.
  const answer = answerUnderWay(socket)
  if (!socket.writable || answer?.headersSent) {
    socket.destroy()
    return
  }
  const { body, headers } = explain(error, served)
  logger.info({ code: error.code, status: body.status }, 'refused what is not HTTP')
  // Where only the body is broken or late, the headers have been read. Else the parser keeps what it has of them to itself.
  const { method, accept } =
    answer === undefined ? askedBy(error) : { ...answer.req, accept: answer.req.headers.accept }
  endWith(socket, body, { method, accept, headers: { ...dataHeaders(publicUrl), ...headers } })
}

/** CONNECT, which never becomes a request of the framework, and an `Expect` that we cannot meet. */
export function answerOddRequests(app: FastifyInstance, { served, publicUrl, logger }: RawContext): void {
  app.server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    const allow = served.at('*').join(', ')
    logger.info({ status: 405 }, 'refused to be a proxy')
    const { accept } = request.headers
    const headers = { ...dataHeaders(publicUrl), allow }
    endWith(socket, notServed('CONNECT', allow), { method: 'CONNECT', accept, headers })
  })
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    const body = problem('expectation-failed', 417, 'The only expectation met here is 100-continue.')
    logger.info({ status: body.status }, 'refused an expectation')
    const { text, headers } = represent(body, request.headers.accept)
    response.writeHead(body.status, { ...dataHeaders(publicUrl), ...headers }).end(text)
  })
}

function answerUnderWay(socket: Socket): ServerResponse | undefined {
  const answer: unknown = Reflect.get(socket, '_httpMessage')
  return answer instanceof ServerResponse ? answer : undefined
}

/** By the error codes of Node's parser, https://github.com/nodejs/llhttp. */
function explain(
  { code, rawPacket, bytesParsed }: ConnectionError,
  served: ServedMethods,
): { readonly body: Problem; readonly headers?: Readonly<Record<string, string>> } {
  const start = lineAt(rawPacket, code === 'HPE_INVALID_METHOD' ? bytesParsed : 0)
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return { body: problem('request-timeout', 408, 'The request did not arrive whole in time.') }
  if (code === 'HPE_HEADER_OVERFLOW') return { body: overflow(start) }
  if (code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { body: problem('content-too-large', 413, 'The chunk extensions are too large.') }
  const [, method, url = ''] = /^([!#$%&'*+.^`|~\w-]{1,32}) (\S+) HTTP\/1\.[01]$/.exec(start) ?? []
  if (code === 'HPE_INVALID_METHOD' && method !== undefined) {
    const here = served.at(url)
    const allow = (here.length > 0 ? here : served.at('*')).join(', ')
    return { body: notServed(method, allow), headers: { allow } }
  }
  return {
    body: problem('bad-request', 400, broken[code ?? ''] ?? 'What was sent is not well-formed HTTP/1.1.'),
  }
}

/** The line of a packet that holds a byte, as far as it is there. */
function lineAt(packet: unknown, byte: number): string {
  // Node gives a Buffer; the framework's types say otherwise.
  if (!Buffer.isBuffer(packet)) return ''
  const text = packet.toString('latin1')
  const [line = ''] = text.slice(text.lastIndexOf('\n', byte - 1) + 1).split('\r\n', 1)
  return line
}

/** By the packet we have: a request line longer than any address may be, or one that does not end in it. */
function overflow(start: string): Problem {
  const [, url = ''] = /^[A-Z]+ (\S*)/.exec(start) ?? []
  return url.length > longestUrl
    ? addressTooLong()
    : problem(
        'headers-too-large',
        431,
        `The request line and headers may have ${mostHeaderBytes} bytes at most.`,
      )
}

const broken: Readonly<Record<string, string>> = {
  HPE_INVALID_METHOD: 'The request line does not begin with a method.',
  HPE_INVALID_URL: 'The address in the request line has characters that no URL has.',
  HPE_INVALID_VERSION: 'The request line does not end in HTTP/1.1 or HTTP/1.0.',
  HPE_INVALID_CONSTANT: 'The request line does not end in HTTP/1.1 or HTTP/1.0.',
  HPE_INVALID_HEADER_TOKEN: 'A header has characters that no header has.',
  HPE_INVALID_CONTENT_LENGTH: 'Content-Length is not one whole number of bytes.',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'Content-Length is given twice, or beside Transfer-Encoding.',
  HPE_INVALID_TRANSFER_ENCODING: 'Transfer-Encoding is not one that ends in chunked.',
  HPE_INVALID_CHUNK_SIZE: 'A chunk does not begin with its size in hexadecimal digits.',
  HPE_INVALID_EOF_STATE: 'The request ended before it was whole.',
  HPE_CR_EXPECTED: 'A line does not end in CR LF.',
  HPE_LF_EXPECTED: 'A line does not end in CR LF.',
  HPE_STRICT: 'A line or chunk does not end in CR LF.',
}

const reasons: Readonly<Record<number, string>> = {
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  414: 'URI Too Long',
  431: 'Request Header Fields Too Large',
}

interface Asked {
  readonly method: string | undefined
  readonly accept: string | undefined
}

/** What was asked for, as far as the packet with the broken part says so. */
function askedBy({ rawPacket, bytesParsed }: ConnectionError): Asked {
  if (!Buffer.isBuffer(rawPacket)) return { method: undefined, accept: undefined }
  const text = rawPacket.toString('latin1')
  const [line] =
    text
      .slice(0, bytesParsed)
      .match(/^[A-Z]+ \S+ HTTP\/1\.[01]\r$/gm)
      ?.slice(-1) ?? []
  return {
    method: line?.split(' ', 1)[0],
    accept: /\r\naccept:[ \t]*([^\r\n]*)/i.exec(text)?.[1],
  }
}

function endWith(
  socket: Duplex,
  body: Problem,
  { method, accept, headers: more }: Asked & { readonly headers: Readonly<Record<string, string>> },
): void {
  const { text, headers } = represent(body, accept)
  // RFC 9110, section 6.6.1
  const date = new Date().toUTCString()
  const lines = Object.entries({ ...more, ...headers, date }).map(([name, value]) => `${name}: ${value}`)
  const status = `HTTP/1.1 ${body.status} ${reasons[body.status] ?? 'Bad Request'}`
  socket.on('error', () => socket.destroy())
  // Whoever asks for the head alone takes what follows for another answer.
  socket.end([status, ...lines, '', method === 'HEAD' ? '' : text].join('\r\n'))
  socket.resume()
  const linger = setTimeout(() => socket.destroy(), lingerMs)
  socket.once('close', () => clearTimeout(linger))
}

function represent(
  body: Problem,
  accept: string | undefined,
): { readonly text: string; readonly headers: Readonly<Record<string, string>> } {
  const type = chooseProblemType(accept)
  const text = type === 'application/problem+xml' ? writeProblemXml(body) : JSON.stringify(body)
  return {
    text,
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-length': String(Buffer.byteLength(text)),
      'cache-control': 'no-store',
      connection: 'close',
    },
  }
}
