/**
 * The fake upstream as a process of its own, for tests that start everything as it is run. It prints its address, and obeys
 * orders on standard input, one JSON text a line, each answered with `done`. It ends with its input.
 */
import { createInterface } from 'node:readline'
import type { OracleRow } from '../engagement-oracle.ts'
import { dialects } from './dialects.ts'
import { fakeClient, startFakeUpstream } from './fake-upstream.ts'
import type { Weather } from './weather.ts'

type Order =
  | { readonly kind: 'rows'; readonly rows: readonly OracleRow[] }
  /** `spoilt`: fields that stand in place of others, by the id of their row. */
  | {
      readonly kind: 'dialect'
      readonly name: keyof typeof dialects
      readonly spoilt?: Readonly<Record<string, object>>
    }
  /** `path`: only of addresses that have this in them. */
  | { readonly kind: 'weather'; readonly weather: Weather; readonly path?: string }
  /** Of the tokens that are given from now on. */
  | { readonly kind: 'expires-in'; readonly seconds: number }
  /** All tokens are taken back. */
  | { readonly kind: 'expire' }
  /** A recording in which nothing is heard. */
  | { readonly kind: 'silence'; readonly path: string; readonly seconds: number }
  | { readonly kind: 'count'; readonly known: boolean }

const upstream = await startFakeUpstream()

function obey(order: Order): void {
  switch (order.kind) {
    case 'rows':
      upstream.rows = order.rows
      return
    case 'dialect': {
      const { name, spoilt = {} } = order
      upstream.dialect = (row) => ({ ...(dialects[name](row) as object), ...spoilt[row.id ?? ''] })
      return
    }
    case 'weather': {
      const { weather, path = '' } = order
      upstream.weather = ({ url }) => (url.includes(path) ? weather : { kind: 'fair' })
      return
    }
    case 'expires-in':
      upstream.expiresIn = order.seconds
      return
    case 'expire':
      upstream.expire()
      return
    case 'silence':
      upstream.media.set(order.path, { bytes: silence(order.seconds), type: 'audio/wav' })
      return
    case 'count':
      upstream.count = order.known ? (count) => ({ count }) : undefined
      return
  }
}

/** A WAV file of 8,000 bytes a second, one channel. */
function silence(seconds: number): Buffer {
  const rate = 8000
  const header = Buffer.alloc(44)
  header.write('RIFF\0\0\0\0WAVEfmt ', 'latin1')
  header.writeUInt32LE(36 + rate * seconds, 4)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate, 28)
  header.writeUInt16LE(1, 32)
  header.writeUInt16LE(8, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(rate * seconds, 40)
  return Buffer.concat([header, Buffer.alloc(rate * seconds, 0x80)])
}

const { tenant, email, password } = upstream.account
process.stdout.write(
  `${JSON.stringify({ origin: upstream.origin, tenant, email, password, client: fakeClient })}\n`,
)
for await (const line of createInterface({ input: process.stdin })) {
  obey(JSON.parse(line) as Order)
  process.stdout.write('done\n')
}
await upstream.stop()
