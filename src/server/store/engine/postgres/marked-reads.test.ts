/** Whatever is answered under one `ETag` is the same, also where others write between the questions that it takes. */
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { type RunningServer, startServer } from '../../../test-support/running-server.ts'

let server: RunningServer
let headers: { authorization: string }
let written = 0

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  await write()
})
afterEach(() => vi.restoreAllMocks())
afterAll(() => server.stop())

/** Changes each answer. */
async function write(): Promise<void> {
  const n = ++written
  const call = (id: string) => ({
    engagement: {
      ...{ id, duration: n, status: 'successful', associateInitiated: false },
      ...{ startDate: '2026-01-01T00:00:00Z', users: [{ uri: `${n}@x.example` }] },
    },
    held: [],
  })
  await server.store.writer.write('T', [call('a'), call(`call-${n}`)])
}
async function ask(address: string) {
  const answer = await fetch(server.origin + address, { headers })
  expect(answer.status).toBe(200)
  return { etag: answer.headers.get('etag'), text: await answer.text() }
}

it.each([
  '/v1/engagements/T',
  '/v1/engagements/T/a',
  '/v1/engagements/count/T',
  '/v1/engagements/histogram/T',
  '/v1/engagements/sample/T',
  '/v1/users/T',
])('%s', async (address) => {
  const before = await ask(address)
  const { source } = server.store
  const version = source.version.bind(source)
  vi.spyOn(source, 'version').mockImplementation(async (...asked) => {
    const told = await version(...asked)
    await write()
    return told
  })
  const meanwhile = await ask(address)
  vi.restoreAllMocks()
  expect(meanwhile.text).not.toBe(before.text)
  expect(meanwhile.etag).not.toBe(before.etag)
  for (let n = 0; n < 3; n++) expect(await ask(address)).toEqual(meanwhile)
})
