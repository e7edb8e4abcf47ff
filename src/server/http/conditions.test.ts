/** `If-Match` and `If-None-Match` where what is there has a weak mark, or is about to be changed (RFC 9110, section 13). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pageQuery } from '../../contract/query/page-query.ts'
import { stateQuery } from '../../contract/query/stated-query.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

let server: RunningServer
let admin: { authorization: string }

beforeAll(async () => {
  server = await startServer()
  admin = await server.bearer('T', 'admin')
})
afterAll(() => server.stop())

const one = '/v1/engagements/T/call'

beforeEach(async () => {
  const engagement = { id: 'call', status: 'successful', associateInitiated: false }
  await server.store.writer.write('T', [{ engagement, held: [] }])
})

function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const sent = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  return fetch(server.origin + path, { method, ...sent, headers: { ...admin, ...sent?.headers, ...headers } })
}
const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status

describe('deleting an engagement', () => {
  it.each<[string, (etag: string) => Record<string, string>]>([
    ['that is another one by now', () => ({ 'if-match': '"older"' })],
    ['by a mark that is too weak', (etag) => ({ 'if-match': etag })],
    ['that should not be there', () => ({ 'if-none-match': '*' })],
    ['that should not be as it is', (etag) => ({ 'if-none-match': `"x", ${etag}` })],
    ['that is and should not be there', () => ({ 'if-match': '*', 'if-none-match': '*' })],
  ])('%s leaves it', async (_, conditions) => {
    const etag = (await ask('GET', one)).headers.get('etag') ?? ''
    const answer = await ask('DELETE', one, conditions(etag))
    expect(answer.status).toBe(412)
    expect((await answer.json()).detail).toMatch(/^If-(None-)?Match names/)
    expect(await status('GET', one)).toBe(200)
  })

  it.each([{ 'if-match': '*' }, { 'if-none-match': '"other"' }])(
    'whose condition is met takes it: %j',
    async (conditions) => {
      expect(await status('DELETE', one, conditions)).toBe(204)
    },
  )

  it('is a 404 where there is none, whatever the condition', async () => {
    for (const conditions of [{ 'if-match': '"x"' }, { 'if-match': '*' }, { 'if-none-match': '*' }])
      expect(await status('DELETE', `${one}-none`, conditions)).toBe(404)
  })
})

it.each([
  '/v1/engagements/T',
  '/v1/engagements/count/T',
  '/v1/engagements/histogram/T',
  '/v1/engagements/sample/T',
  '/v1/users/T',
  one,
])('GET %s is of nothing that If-Match could name but by *', async (path) => {
  const etag = (await ask('GET', path)).headers.get('etag') ?? ''
  for (const known of ['"x"', etag, etag.replace('W/', '')])
    expect(await status('GET', path, { 'if-match': known, 'if-none-match': etag })).toBe(412)
  expect(await status('GET', path, { 'if-match': '*' })).toBe(200)
  expect(await status('GET', path, { 'if-match': '*', 'if-none-match': etag })).toBe(304)
})

it('holds to both conditions of a view', async () => {
  const path = '/v1/views/T/one'
  const view = { name: 'One', format: 1, parameters: stateQuery(pageQuery.defaults) }
  const made = await ask('PUT', path, { 'if-none-match': '*' }, view)
  const etag = made.headers.get('etag') ?? ''
  for (const excluded of ['*', `"x", ${etag}`]) {
    const both = { 'if-match': etag, 'if-none-match': excluded }
    expect(await status('PUT', path, both, view)).toBe(412)
    expect(await status('DELETE', path, both)).toBe(412)
  }
  expect(await status('GET', path, { 'if-match': '"x"' })).toBe(412)
  expect(await status('GET', path, { 'if-match': etag })).toBe(200)
  expect(await status('DELETE', path, { 'if-match': etag, 'if-none-match': '"x"' })).toBe(204)
})
