/**
 * For `node --import`: on SIGUSR2 every connection that sends a recording is ended, as the server ends those on which nothing has
 * moved for minutes. What they sent is printed on a line: `let go`, and each address.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'

const sent = new Set<IncomingMessage>()

subscribe('http.server.request.start', (message) => {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
  if (!/^\/v1\/recordings\/[^/]+\/[^/]+$/.test(request.url ?? '')) return
  sent.add(request)
  response.once('close', () => sent.delete(request))
})

process.on('SIGUSR2', () => {
  process.stdout.write(`${['let go', ...[...sent].map(({ url }) => url)].join(' ')}\n`)
  for (const { socket } of sent) socket.emit('timeout')
})
