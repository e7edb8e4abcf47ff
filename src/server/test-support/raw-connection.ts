/** A kept connection that sends a request's bytes as they are, one after the other: thousands of them cost a second or two. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type RawAnswer, readAnswer } from './raw-exchange.ts'

export interface RawConnection {
  /** The bytes have to be one request, right or wrong; a text stands for one byte a character. */
  ask(request: string): Promise<RawAnswer>
  close(): void
}

/** Connects when it is needed, and again after the server has closed. */
export function rawConnection(origin: string): RawConnection {
  const { hostname, port } = new URL(origin)
  let socket: Socket | undefined

  return {
    async ask(request) {
      const open = socket ?? connect({ host: hostname, port: Number(port), noDelay: true })
      socket = open
      let bytes = Buffer.alloc(0)
      const answered = new Promise<RawAnswer>((resolve, reject) => {
        const timer = setTimeout(reject, 10_000, new Error('no answer'))
        const done = () => {
          clearTimeout(timer)
          open.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error')
        }
        open.on('data', (chunk: Buffer) => {
          bytes = Buffer.concat([bytes, chunk])
          const answer = wholeAnswer(bytes, request.startsWith('HEAD '))
          if (answer === undefined) return
          done()
          if (answer.headers.connection === 'close') {
            open.on('error', () => undefined).destroy()
            socket = undefined
          }
          resolve(answer)
        })
        const ended = (error?: Error) => {
          done()
          socket = undefined
          reject(error ?? new Error('the connection ended before the answer'))
        }
        open.once('end', ended).once('error', ended)
      })
      if (open.connecting) await Promise.race([once(open, 'connect'), answered])
      open.write(Buffer.from(request, 'latin1'))
      return answered
    },
    close: () => socket?.destroy(),
  }
}

function wholeAnswer(bytes: Buffer, isHead: boolean): RawAnswer | undefined {
  const split = bytes.indexOf('\r\n\r\n')
  if (split < 0) return undefined
  const { status, headers } = readAnswer(bytes.subarray(0, split + 4))
  const bodiless = isHead || status === 204 || status === 304
  const whole = headers['transfer-encoding']?.includes('chunked')
    ? bytes.indexOf('\r\n0\r\n\r\n', split) >= 0
    : bytes.length - split - 4 >= Number(headers['content-length'] ?? 0)
  return bodiless || whole ? readAnswer(bytes) : undefined
}
