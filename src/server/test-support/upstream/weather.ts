/** What a fake upstream does with a request, other than answering it well. */
import type { IncomingMessage, ServerResponse } from 'node:http'

export type Weather =
  | { readonly kind: 'fair' }
  /** The connection ends without an answer. */
  | { readonly kind: 'reset' }
  /** Nothing comes, for as long as the fake lives. */
  | { readonly kind: 'silent' }
  /** The answer is right, and late. */
  | { readonly kind: 'slow'; readonly ms: number }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  /** A proxy's page with the status of success. */
  | { readonly kind: 'html' }
  /** Half of the promised bytes, then the connection ends. */
  | { readonly kind: 'broken-off' }
  /** Whole as HTTP has it, and yet only the beginning of a JSON text. */
  | { readonly kind: 'cut-json' }
  /** A body that has no end. */
  | { readonly kind: 'endless' }
  /** So many bytes are promised, and none comes. */
  | { readonly kind: 'promised'; readonly bytes: number }
  /** A body that begins, and then stalls. */
  | { readonly kind: 'stalling' }
  /** A body of no told length, which breaks off unless it ends or stalls. */
  | {
      readonly kind: 'chunks'
      readonly type: string
      readonly bytes: Buffer
      readonly ends?: true
      readonly stalls?: true
    }

const halfPage = '{"hasMore":false,"engagements":[{"id":"a"},{"id":'

/** @returns whether the request is still to be answered well */
export async function weatherTakes(
  weather: Weather,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (weather.kind) {
    case 'fair':
      return true
    case 'reset':
      request.socket.destroy()
      return false
    case 'silent':
      return false
    case 'slow':
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, weather.ms)
        response.once('close', () => {
          clearTimeout(timer)
          resolve()
        })
      })
      return !response.destroyed
    case 'status':
      response.writeHead(weather.status, weather.headers).end(weather.body ?? '')
      return false
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in to the proxy</html>')
      return false
    case 'broken-off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 })
      response.write(halfPage, () => request.socket.destroy())
      return false
    case 'cut-json':
      response.writeHead(200, { 'content-type': 'application/json' }).end(halfPage)
      return false
    case 'promised':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': weather.bytes })
      response.flushHeaders()
      return false
    case 'stalling':
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(halfPage)
      return false
    case 'chunks':
      response.writeHead(200, { 'content-type': weather.type })
      if (weather.ends) response.end(weather.bytes)
      else response.write(weather.bytes, () => weather.stalls || request.socket.destroy())
      return false
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"hasMore":false,"engagements":[')
      const row = `${JSON.stringify({ id: 'x'.repeat(1000) })},`.repeat(64)
      const more = () => {
        while (!response.destroyed && response.write(row));
      }
      response.on('drain', more)
      more()
      return false
    }
  }
}
