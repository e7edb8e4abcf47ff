/** Holds every answer of a server under test to the API's own description. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isRead, whatIsWrong } from './answer-description.ts'

/**
 * Looks at one answer, from before it begins. Of its body only JSON and XML are gathered: recordings are too large to be kept.
 * @param tell told in one line what was wrong, before the answer ends
 */
export function watchAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  tell: (wrong: string) => void,
): void {
  const body: Buffer[] = []
  let bodyBytes = 0
  // Headers given to writeHead are in no list of the response's own.
  const told: Record<string, unknown> = {}
  const gather = (chunk: unknown) => {
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) return
    bodyBytes += chunk.length
    const type = told['content-type'] ?? response.getHeader('content-type')
    if (isRead(String(type))) body.push(typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk))
  }
  const { write, end, writeHead } = response
  response.writeHead = function (this: ServerResponse, ...args: unknown[]) {
    for (const [name, value] of Object.entries(args.at(-1) ?? {})) told[name.toLowerCase()] = value
    return Reflect.apply(writeHead, this, args)
  } as typeof writeHead
  response.write = function (this: ServerResponse, ...args: Parameters<typeof write>) {
    gather(args[0])
    return Reflect.apply(write, this, args)
  } as typeof write
  // Before the last byte leaves: by the time a test has read the answer, what was wrong with it has been told.
  response.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
    gather(args[0])
    const { method = '', url = '' } = request
    const wrong = whatIsWrong({
      method,
      url,
      status: response.statusCode,
      headers: { ...response.getHeaders(), ...told },
      body: Buffer.concat(body),
      bodyBytes,
    })
    if (wrong !== undefined) tell(`${method} ${url} ${response.statusCode}: ${wrong}`)
    return Reflect.apply(end, this, args)
  } as typeof end
}
