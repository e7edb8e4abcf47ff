/** Views of a tenant over real sockets: who may, two writers at once, what is refused and in which words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mostViews, type ViewV1 } from '../../contract/model/view.ts'
import { pageQuery } from '../../contract/query/page-query.ts'
import { stateQuery } from '../../contract/query/stated-query.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

type Headers = Readonly<Record<string, string>>

let server: RunningServer
let ana: Headers
let ben: Headers

beforeAll(async () => {
  server = await startServer()
  ana = await server.bearer('T')
  ben = await server.bearer('T', 'admin')
})
afterAll(() => server.stop())

const parameters = stateQuery({ ...pageQuery.defaults, status: 'unsuccessful', user: ['zoe@x.example'] })
const content = (name: string, more: object = {}) => ({ name, format: 1, parameters, ...more })

async function ask(method: string, path: string, headers: Headers, body?: unknown) {
  const response = await fetch(`${server.origin}/v1/views/${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    text,
    body: json ? JSON.parse(text) : undefined,
  }
}

const isNew = { 'if-none-match': '*' }
const create = (id: string, name: string, who = ana, tenant = 'T') =>
  ask('PUT', `${tenant}/${id}`, { ...who, ...isNew }, content(name))

it('saves a view for everybody of the tenant, changes it, and removes it', async () => {
  const made = await create('one', '  Refused calls ')
  expect(made).toMatchObject({
    status: 201,
    body: { id: 'one', name: 'Refused calls', format: 1, parameters, createdBy: 'someone@x.example' },
  })
  expect(made.etag).toBe(`"${made.body.revision}"`)
  expect((await ask('GET', 'T', ben)).body).toEqual({ views: [made.body] })
  expect(await ask('GET', 'T/one', ben)).toMatchObject({ status: 200, etag: made.etag, body: made.body })
  expect((await ask('GET', 'T/one', { ...ben, 'if-none-match': made.etag })).status).toBe(304)

  const changed = await ask('PUT', 'T/one', { ...ben, 'if-match': made.etag }, content('Refused'))
  expect(changed).toMatchObject({ status: 200, body: { name: 'Refused', created: made.body.created } })
  expect(changed.etag).not.toBe(made.etag)
  expect(Date.parse(changed.body.changed)).toBeGreaterThanOrEqual(Date.parse(made.body.changed))

  expect((await ask('DELETE', 'T/one', { ...ana, 'if-match': made.etag })).status).toBe(412)
  expect((await ask('DELETE', 'T/one', { ...ana, 'if-match': changed.etag })).status).toBe(204)
  expect((await ask('DELETE', 'T/one', { ...ana, 'if-match': changed.etag })).status).toBe(404)
  expect((await ask('GET', 'T/one', ana)).status).toBe(404)
})

it('lists in the order of names, whatever the letter case, also in XML', async () => {
  for (const [id, name] of [
    ['b', 'beta'],
    ['a', 'Alpha'],
    ['c', 'Čau'],
  ] as const)
    expect((await create(id, name, await server.bearer('Names'), 'Names')).status).toBe(201)
  const headers = await server.bearer('Names')
  const { body } = await ask('GET', 'Names', headers)
  expect(body.views.map(({ name }: ViewV1) => name)).toEqual(['Alpha', 'beta', 'Čau'])
  const xml = await ask('GET', 'Names/a', { ...headers, accept: 'application/xml' })
  expect(xml.text).toContain('<viewV1><id>a</id><name>Alpha</name><format>1</format><parameters>')
  expect(xml.etag).not.toBe(`"${body.views[0].revision}"`)
  expect((await ask('GET', 'Names', { ...headers, accept: 'text/xml' })).text).toContain(
    '<viewListV1><views>',
  )
  // The mark of any representation names the view.
  const renamed = await ask('PUT', 'Names/a', { ...headers, 'if-match': xml.etag }, content('Aleph'))
  expect(renamed.status).toBe(200)
})

it('lets one of two writers change it, and tells the other', async () => {
  const made = await create('both', 'Both')
  for (let round = 0, { etag } = made; round < 20; round += 1) {
    const attempts = await Promise.all(
      [ana, ben, ana, ben].map((who, n) =>
        ask('PUT', 'T/both', { ...who, 'if-match': etag }, content(`Both ${round} ${n}`)),
      ),
    )
    expect(attempts.map(({ status }) => status).toSorted()).toEqual([200, 412, 412, 412])
    const won = attempts.find(({ status }) => status === 200)
    const now = await ask('GET', 'T/both', ana)
    expect(now.body).toEqual(won?.body)
    etag = now.etag
  }
})

it('makes one view of one id, or of one name, of two that are made at once', async () => {
  const sameId = await Promise.all([create('twice', 'First'), create('twice', 'Second', ben)])
  expect(sameId.map(({ status }) => status).toSorted()).toEqual([201, 412])
  const sameName = await Promise.all([create('x1', 'Same'), create('x2', 'sAME', ben)])
  expect(sameName.map(({ status }) => status).toSorted()).toEqual([201, 409])
  const refused = sameName.find(({ status }) => status === 409)
  expect(refused?.body.detail).toMatch(/^There is a view called “sam?e” already; another name is needed\.$/i)
  const first = await ask('GET', 'T/twice', ana)
  const renamed = await ask('PUT', 'T/twice', { ...ana, 'if-match': first.etag }, content('SAME'))
  expect(renamed).toMatchObject({ status: 409, body: { type: 'urn:problem:hindsight:view-conflict' } })
})

describe('a refusal', () => {
  it.each([
    ['a newer format', { format: 2 }, /It has the format 2; this Hindsight knows the format 1 alone/],
    ['no parameters', { parameters: [] }, /It does not state status/],
    [
      'an unknown parameter',
      { parameters: [...parameters, { name: 'mood', values: ['good'] }] },
      /It states mood, which is no parameter/,
    ],
    ['an unknown field', { colour: 'red' }, /Expected a JSON object/],
    ['an empty name', { name: ' ' }, /Expected a JSON object/],
    ['a name that is too long', { name: 'n'.repeat(81) }, /Expected a JSON object/],
    ['a parameter that is no text', { parameters: [{ name: 'sort', values: [3] }] }, /Expected a JSON/],
  ])('of %s says what was wrong, and saves nothing', async (_, more, why) => {
    const answer = await ask('PUT', 'T/bad', { ...ana, ...isNew }, content('Bad', more))
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toMatch(why)
    expect(answer.body.errors.length).toBeGreaterThan(0)
    expect((await ask('GET', 'T/bad', ana)).status).toBe(404)
  })

  it('asks which version is meant', async () => {
    for (const method of ['PUT', 'DELETE']) {
      const answer = await ask(method, 'T/any', ana, method === 'PUT' ? content('Any') : undefined)
      expect(answer).toMatchObject({
        status: 428,
        body: { detail: expect.stringMatching(/^Expected If-Match/) },
      })
    }
    const gone = await ask('PUT', 'T/any', { ...ana, 'if-match': '*' }, content('Any'))
    expect(gone.status).toBe(412)
  })

  it('is given to an id that is none, a body that is too large, and none', async () => {
    expect((await ask('PUT', 'T/a%2Fb', { ...ana, ...isNew }, content('A'))).status).toBe(404)
    const large = content('L', { parameters: [{ name: 'user', values: ['x'.repeat(33_000)] }] })
    expect((await ask('PUT', 'T/large', { ...ana, ...isNew }, large)).status).toBe(413)
    expect((await ask('PUT', 'T/none', { ...ana, ...isNew })).status).toBe(400)
    expect((await ask('GET', 'T?limit=3', ana)).body.detail).toMatch(/limit=3: unknown parameter/)
  })

  it('is given to people of other tenants, of none, and to other sites', async () => {
    const other = await server.bearer('Other')
    expect((await create('mine', 'Mine')).status).toBe(201)
    for (const [method, path] of [
      ['GET', 'T'],
      ['GET', 'T/mine'],
      ['DELETE', 'T/mine'],
    ] as const) {
      expect((await ask(method, path, other)).status).toBe(403)
      expect((await ask(method, path, {})).status).toBe(401)
    }
    expect((await create('theirs', 'Theirs', other)).status).toBe(403)
    expect((await ask('GET', 'Other', other)).body).toEqual({ views: [] })
  })

  it('keeps a session’s changes to the page itself', async () => {
    const password = 'correct horse battery'
    await server.store.accounts.add({ tenant: 'T', email: 'ana@x.example', role: 'supervisor', password })
    const { origin } = server
    const signedIn = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ tenant: 'T', email: 'ana@x.example', password }),
    })
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? ''
    expect((await create('page', 'Page', { cookie })).status).toBe(403)
    expect((await create('page', 'Page', { cookie, origin: 'https://evil.example' })).status).toBe(403)
    const made = await create('page', 'Page', { cookie, origin })
    expect(made).toMatchObject({ status: 201, body: { createdBy: 'ana@x.example' } })
    expect((await ask('DELETE', 'T/page', { cookie, 'if-match': made.etag })).status).toBe(403)
    expect((await ask('DELETE', 'T/page', { cookie, origin, 'if-match': made.etag })).status).toBe(204)
  })
})

it('keeps as many as it says, even when many come at once', async () => {
  const full = await server.bearer('Full')
  const answers = await Promise.all(
    Array.from({ length: mostViews + 10 }, (_, n) => create(`v${n}`, `View ${n}`, full, 'Full')),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(mostViews)
  const refused = answers.filter(({ status }) => status === 409)
  expect(refused).toHaveLength(10)
  expect(refused[0]?.body.detail).toMatch(/^There are 200 views already/)
  expect((await ask('GET', 'Full', full)).body.views).toHaveLength(mostViews)
})
