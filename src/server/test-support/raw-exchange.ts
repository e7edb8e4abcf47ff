/** One connection, whatever bytes a test likes, and everything that came back: for what no HTTP client would send. */
import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends the bytes (a text stands for one byte a character) and reads until the server ends the connection, so the
 * request should ask for `Connection: close`. Several pieces are sent one after the other.
 */
export function exchange(origin: string, ...pieces: (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.setTimeout(10_000, () =>
      socket.destroy(new Error(`no answer to ${String(pieces[0]).slice(0, 200)}`)),
    )
    socket.on('connect', async () => {
      for (const piece of pieces) {
        await new Promise((sent) =>
          socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece, sent),
        )
      }
    })
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
    })
    socket.on('end', () => resolve(readAnswer(Buffer.concat(chunks))))
    socket.on('error', reject)
  })
}

export function readAnswer(bytes: Buffer): RawAnswer {
  const split = bytes.indexOf('\r\n\r\n')
  const [line = '', ...fields] = bytes.toString('latin1', 0, Math.max(split, 0)).split('\r\n')
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':')
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()]
    }),
  )
  return { status: Number(line.split(' ')[1] ?? 0), headers, body: bytes.toString('utf8', split + 4) }
}
