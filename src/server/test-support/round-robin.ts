/** Takes turns among servers, and passes over those that take no connection or end it without an answer: HAProxy's part, where there is none. */
import { once } from 'node:events'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { selfSigned } from './upstream/self-signed.ts'

/** @returns what ends it */
export async function startRoundRobin(port: number, servers: readonly URL[]): Promise<() => Promise<void>> {
  let turn = 0
  const ask = (asked: IncomingMessage, answer: ServerResponse, triesLeft: number): void => {
    const { hostname, port: place } = servers[turn++ % servers.length] ?? {}
    const headers = { ...asked.headers, 'x-forwarded-for': '127.0.0.1', connection: 'close' }
    const onward = request({ hostname, port: place, method: asked.method, path: asked.url, headers })
    onward.on('response', (come) => {
      answer.writeHead(come.statusCode ?? 502, come.rawHeaders)
      come.pipe(answer)
    })
    onward.on('error', () => {
      if (answer.headersSent) answer.destroy()
      else if (triesLeft === 0 || asked.method !== 'GET') answer.writeHead(503).end()
      else ask(asked, answer, triesLeft - 1)
    })
    // What is asked again has been read to its end.
    if (asked.method === 'GET') onward.end()
    else asked.pipe(onward)
  }
  const server = createServer(selfSigned, (asked, answer) => ask(asked, answer, servers.length))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
}
