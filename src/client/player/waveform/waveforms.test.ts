import { afterEach, expect, test, vi } from 'vitest'
import { Waveforms } from './waveforms.ts'

afterEach(() => vi.unstubAllGlobals())

/** A server that tells nothing until it is let. */
function slowServer() {
  const asked: { readonly address: string; tell(): void }[] = []
  vi.stubGlobal('fetch', (address: string) => {
    const answer = Promise.withResolvers<Response>()
    asked.push({ address, tell: () => answer.resolve(new Response(null, { status: 422 })) })
    return answer.promise
  })
  return asked
}

const recordings = Array.from({ length: 5 }, (_, n) => ({
  src: `https://x.example/${n}`,
  peaks: `/peaks/${n}`,
  durationSeconds: 60,
  sizeBytes: 1000,
}))

test('two are measured at once, in order: a browser has few connections to a host, and the player needs them', async () => {
  const asked = slowServer()
  const waveforms = new Waveforms(5)
  waveforms.open([undefined, ...recordings.slice(1)])
  await vi.waitFor(() => expect(asked.map(({ address }) => address)).toEqual(['/peaks/1', '/peaks/2']))
  asked[1]?.tell()
  await vi.waitFor(() => expect(asked.map(({ address }) => address).at(-1)).toBe('/peaks/3'))
  expect(asked).toHaveLength(3)
  waveforms.close()
  asked[0]?.tell()
  asked[2]?.tell()
  await new Promise((resolve) => setTimeout(resolve))
  expect(asked).toHaveLength(3)
})
