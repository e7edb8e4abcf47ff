/** Pages that are asked for again: not read anew, and never old. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openStore } from '../store/open-store.ts'
import { rawRequest } from '../test-support/raw-request.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'
import { createRenderedPages } from './rendered-pages.ts'

const list = '/v1/engagements/T?limit=100'
let server: RunningServer
let bearer: { authorization: string }

beforeEach(async () => {
  server = await startServer()
  bearer = await server.bearer('T')
  await server.store.writer.write(
    'T',
    Array.from({ length: 40 }, (_, n) => call(`call ${n}`)),
  )
})
afterEach(() => server.stop())

function call(id: string, reason = 'ü'.repeat(20)) {
  return { engagement: { id, reason, status: 'successful', associateInitiated: false }, held: [] }
}

async function ask(address = list, headers: Readonly<Record<string, string>> = {}) {
  const answer = await rawRequest(server.origin + address, { ...bearer, ...headers })
  const { 'cache-status': status, date: _, ...others } = answer.headers
  return { cache: String(status).replace('Hindsight; ', ''), headers: others, body: answer.body }
}

it.each([{}, { 'accept-encoding': 'br' }, { 'accept-encoding': 'gzip' }, { accept: 'application/xml' }])(
  'is sent again as it was with %o',
  async (headers) => {
    const address = `${list}&asOf=now`
    const first = await ask(address, headers)
    const page = vi.spyOn(server.store.source, 'page')
    const [second, third, fourth] = [
      await ask(address, headers),
      await ask(address, headers),
      await ask(address, headers),
    ]
    expect([first, second, third, fourth].map(({ cache }) => cache)).toEqual([
      'fwd=miss',
      'fwd=miss',
      'hit',
      'hit',
    ])
    expect(page).toHaveBeenCalledTimes(1)
    for (const other of [second, third, fourth]) {
      expect(other.body.equals(first.body)).toBe(true)
      expect(other.headers).toEqual(first.headers)
    }
  },
)

const others = ['count/T?status=all', 'histogram/T?status=all', 'sample/T?seed=3&limit=100'].map(
  (name) => `/v1/engagements/${name}`,
)

it.each(others)(
  'is sent again as it was, read anew after a change and for whoever asks so: %s',
  async (of) => {
    for (const headers of [{}, { accept: 'application/xml' }, { 'accept-encoding': 'br' }]) {
      const address = `${of}&asOf=now`
      const answers = [await ask(address, headers), await ask(address, headers), await ask(address, headers)]
      expect(answers.map(({ cache }) => cache)).toEqual(['fwd=miss', 'fwd=miss', 'hit'])
      for (const answer of answers) {
        expect(answer.body.equals(answers[0]?.body ?? Buffer.alloc(0))).toBe(true)
        expect(answer.headers).toEqual(answers[0]?.headers)
      }
      expect((await ask(address, { ...headers, 'cache-control': 'no-cache' })).cache).toBe('fwd=request')
      await server.store.writer.write('T', [call(`one more ${JSON.stringify(headers)}`)])
      const changed = await ask(address, headers)
      expect(changed.cache).toBe('fwd=miss')
      expect(changed.headers.link).not.toBe(answers[0]?.headers.link)
    }
  },
)

it.each([list, ...others])('is read anew after any change, whoever made it: %s', async (address) => {
  const other = await openStore({ dataDir: server.folder })
  const marks = new Set<string>()
  const texts = new Set<string>()
  for (const change of [
    async () => {},
    () => other.writer.write('T', [call('call 3', 'changed')]),
    () => server.store.writer.write('T', [call('one more')]),
    () => other.writer.remove('T', 'call 4', { atMs: 0, subject: undefined, address: '::1' }),
  ]) {
    await change()
    const answers = [await ask(address), await ask(address), await ask(address)]
    expect(answers.map(({ cache }) => cache)).toEqual(['fwd=miss', 'fwd=miss', 'hit'])
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1)
    marks.add(String(answers[0]?.headers.etag))
    texts.add(String(answers[0]?.body))
  }
  expect(marks.size).toBe(4)
  // Each change is seen in a list; some leave a count as it was.
  if (address === list) expect(texts.size).toBe(4)
  else expect(texts.size).toBeGreaterThan(1)
  await other.close()
})

it('is read anew for whoever asks so, and told apart by address', async () => {
  await ask()
  await ask()
  for (const anew of ['no-cache', 'No-Cache', 'max-age=0, no-cache', 'no-cache ,max-age=0'])
    expect((await ask(list, { 'cache-control': anew })).cache).toBe('fwd=request')
  expect((await ask(list, { 'cache-control': 'x-no-cache, max-age=9' })).cache).toBe('hit')
  expect((await ask(`${list}&sort=oldest`)).cache).toBe('fwd=miss')
  expect((await ask()).cache).toBe('hit')
})

it('is still for its tenant alone, and still in the audit', async () => {
  for (let n = 0; n < 3; n++) await ask()
  const stranger = await rawRequest(server.origin + list, await server.bearer('Other'))
  expect(stranger.status).toBe(403)
  const answer = await rawRequest(`${server.origin}/v1/audit/T`, await server.bearer('T', 'admin'))
  const { events } = JSON.parse(answer.body.toString())
  const lists = events.filter(({ action }: { action: string }) => action === 'list')
  expect(lists.reduce((sum: number, { times = 1 }: { times?: number }) => sum + times, 0)).toBe(3)
})

it('keeps so many bytes in all, and lets go what was not asked for the longest', () => {
  const pages = createRenderedPages(250)
  const offer = (key: string) => {
    for (let n = 0; n < 2; n++) pages.offer(key, { text: key.repeat(100), link: undefined })
  }
  offer('a')
  offer('b')
  expect(pages.find('a')?.text).toHaveLength(100)
  offer('c')
  expect([...'abc'].filter((key) => pages.find(key))).toEqual(['a', 'c'])
  pages.find('c')?.keep('br', Buffer.alloc(100))
  expect([...'abc'].filter((key) => pages.find(key))).toEqual(['c'])
})

it('counts a page once, however many have read it at the same time', () => {
  const pages = createRenderedPages(250)
  const offer = (key: string, times: number) => {
    for (let n = 0; n < times; n++) pages.offer(key, { text: key.repeat(100), link: undefined })
  }
  offer('a', 20)
  offer('b', 2)
  expect([...'ab'].filter((key) => pages.find(key))).toEqual(['a', 'b'])
})
