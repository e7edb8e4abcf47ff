/** Exports over real sockets, each format read back by a parser that is nobody's of ours. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { parse as parseCsv } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { createFrameReader, type ExportFrame } from '../../contract/representation/export-frames.ts'
import { hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { exchange } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 60_000 })

let server: RunningServer
let headers: { authorization: string }
const calls: (EngagementV1 & { id: string })[] = Array.from({ length: 1200 }, (_, n) => ({
  startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString().replace('.000Z', 'Z'),
  id: `call ${String(n).padStart(4, '0')}`,
  duration: n % 7,
  users: [
    { uri: `customer${n}@x.example`, association: 'CREATOR' },
    { uri: `u${n % 3}@x.example`, association: 'MEMBER' },
  ],
  status: n % 4 === 0 ? 'unsuccessful' : 'successful',
  associateInitiated: false,
}))
const odd: EngagementV1 & { id: string } = {
  startDate: '2026-07-01T12:00:00Z',
  id: '=HYPERLINK("http://x.example")',
  context: '{"note":"a, \\"quoted\\" line\\r\\nand another; <b> & ]]>\u0001"}',
  users: [
    { uri: '@sum@x.example', association: 'CREATOR' },
    { uri: 'b@x.example', association: 'CREATOR' },
    { uri: 'm@x.example', association: 'MONITOR' },
  ],
  recordings: [{ uri: '/v1/recordings/T/r1' }, { uri: 'https://elsewhere.example/r2' }],
  status: 'successful',
  pendingTime: 1.5,
  assignedTeam: '+49 team',
  associateInitiated: true,
  reason: '-- comment -->',
}

beforeAll(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  const held = (rows: typeof calls) => rows.map((engagement) => ({ engagement, held: [] }))
  await server.store.writer.write('T', held([...calls, odd]))
  await server.store.writer.write('Other', held([{ ...odd, id: 'of another tenant' }]))
})
afterAll(() => server.stop())

const get = (search: string, tenant = 'T', init: RequestInit = {}) =>
  fetch(`${server.origin}/v1/engagements/export/${tenant}${search}`, { headers, ...init })
const records = (text: string): string[][] => parseCsv(text, { bom: true, relaxColumnCount: true })
const successful = calls.filter(({ status }) => status === 'successful')
const newestFirst = [odd, ...successful].toSorted((a, b) =>
  (b.startDate ?? '').localeCompare(a.startDate ?? ''),
)

describe('CSV', () => {
  it('has every matching engagement once, in order, in the columns and zone asked for', async () => {
    const response = await get('?about=no&columns=id,startDate,duration&tz=Europe/Berlin')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('hindsight-rows')).toBe('901')
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf')
    const [names, ...rows] = records(bytes.toString())
    expect(names).toEqual(['Id', 'Started', 'Duration (s)'])
    expect(rows.map(([id]) => id?.replace(/^'/, ''))).toEqual(newestFirst.map(({ id }) => id))
    expect(rows.map(([, started = '']) => Date.parse(started))).toEqual(
      newestFirst.map(({ startDate = '' }) => Date.parse(startDate)),
    )
    expect(rows.find(([id]) => id?.includes('HYPERLINK'))).toEqual([
      `'${odd.id}`,
      '2026-07-01T14:00:00+02:00',
      '',
    ])
    expect(rows.at(-1)?.[1]).toBe('2026-01-01T02:00:00+01:00')
  })

  it('begins by telling link, filters, moment and rows', async () => {
    const response = await get('?user=u1@x.example&sort=oldest&startAfter=2026-01-02&tz=Europe/Berlin')
    const lines = records(await response.text())
    const about = Object.fromEntries(lines.filter(([name]) => name?.startsWith('# ')))
    const asOf = /asOf=([^&>]+)/.exec(response.headers.get('link') ?? '')?.[1] ?? ''
    expect(about).toMatchObject({
      '# Tenant': 'T',
      '# Link': `${server.origin}/T/engagements?user=u1@x.example&startAfter=2026-01-02T00:00:00Z&asOf=${asOf}&sort=oldest&tz=Europe/Berlin`,
      '# Filters': 'status=successful; user=u1@x.example; startAfter=2026-01-02T01:00:00+01:00',
      '# Sort': 'oldest',
      '# Rows': response.headers.get('hindsight-rows'),
      '# Formulas': expect.stringContaining('apostrophe'),
    })
    expect(Date.parse(about['# As of'] ?? '')).toBe(Date.parse(asOf))
    expect(about['# As of']).toMatch(/\+0[12]:00$/)
    expect(lines.length - Object.keys(about).length - 1).toBe(Number(about['# Rows']))
  })

  it('names an address where the request has no Host, as HTTP/1.0 may', async () => {
    const { authorization } = headers
    const ask = `GET /v1/engagements/export/T?user=b@x.example HTTP/1.0\r\nAuthorization: ${authorization}\r\n\r\n`
    const answer = await exchange(server.origin, ask)
    expect(answer.headers['transfer-encoding']).toBeUndefined()
    expect(answer.body).toContain(`# Link,${server.origin}/T/engagements?`)
  })

  it('has every column, formulas made texts, and odd texts as they are', async () => {
    const [names = [], row = []] = records(await (await get('?about=no&user=b@x.example')).text())
    expect(Object.fromEntries(names.map((name, at) => [name, row[at]]))).toEqual({
      Started: '2026-07-01T12:00:00+00:00',
      Ended: '',
      Id: `'${odd.id}`,
      'Duration (s)': '',
      Contents: '',
      Customers: "'@sum@x.example; b@x.example",
      Associates: '',
      'Other users': 'm@x.example',
      Recordings: '2',
      'Recording addresses': '/v1/recordings/T/r1; https://elsewhere.example/r2',
      'Release state': '',
      Status: 'successful',
      'Waited (s)': '1.5',
      Team: "'+49 team",
      'Started by associate': 'true',
      Reason: "'-- comment -->",
      Context: odd.context,
    })
  })

  it('is called after tenant, range and moment', async () => {
    const response = await get('?startAfter=2026-01-01&startBefore=2026-01-31')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="T_started-2026-01-01-to-2026-01-31_as-of-[\dT.+-]+\.csv"; filename\*=UTF-8''T_/,
    )
  })

  it('of nothing is its first rows alone', async () => {
    const response = await get('?about=no&user=nobody@x.example&columns=id')
    expect(response.headers.get('hindsight-rows')).toBe('0')
    expect(await response.text()).toBe('Id\r\n')
  })
})

describe('a workbook', () => {
  const sheet = async (search: string) =>
    readSheet(Buffer.from(await (await get(`?format=xlsx${search}`)).arrayBuffer()))

  it('has the same rows, numbers as numbers', async () => {
    const [names, ...rows] = await sheet('&about=no&columns=id,duration,associateInitiated,startDate')
    expect(names).toEqual(['Id', 'Duration (s)', 'Started by associate', 'Started'])
    expect(rows).toEqual(
      newestFirst.map(({ id, duration, associateInitiated, startDate = '' }) => [
        id === odd.id ? `'${id}` : id,
        duration ?? null,
        associateInitiated,
        startDate.replace('Z', '+00:00'),
      ]),
    )
  })

  it('tells of itself above them', async () => {
    const rows = await sheet('&user=b@x.example')
    expect(rows.map(([name]) => name).slice(0, 10)).toEqual([
      '# Tenant',
      '# Link',
      '# Filters',
      '# Sort',
      '# As of',
      '# Rows',
      '# Times',
      '# Formulas',
      '# Long texts',
      'Started',
    ])
    expect(rows).toHaveLength(11)
    // A character that no XML can hold.
    expect(String(rows[10]?.[16])).toContain('\ufffd')
  })
})

describe('documents', () => {
  it('in JSON are a list as the API gives it, what tells of it before', async () => {
    const response = await get('?format=json&sort=shortest')
    const { about, ...list } = JSON.parse(await response.text())
    expect(about).toMatchObject({
      tenant: 'T',
      rows: 901,
      sort: 'shortest',
      filters: { status: 'successful' },
    })
    expect(list.engagements).toHaveLength(901)
    const page = await fetch(`${server.origin}/v1/engagements/T?sort=shortest&limit=100`, { headers })
    expect(list.engagements.slice(0, 100)).toEqual(JSON.parse(await page.text()).engagements)
    expect(Object.keys(JSON.parse(await (await get('?format=json&about=no')).text()))).toEqual([
      'hasMore',
      'engagements',
    ])
  })

  it('in NDJSON are one a line', async () => {
    const lines = (await (await get('?format=ndjson&status=all')).text()).trimEnd().split('\n')
    expect(JSON.parse(lines[0] ?? '').about.rows).toBe(1201)
    const documents = lines.slice(1).map((line) => JSON.parse(line))
    expect(new Set(documents.map(({ id }) => id)).size).toBe(1201)
    expect(documents).toContainEqual(odd)
  })

  it('in XML are valid by their schema, after a comment', async () => {
    const text = await (await get('?format=xml&user=b@x.example&user=u--1@x.example')).text()
    const schema = readFileSync(
      new URL('../../contract/representation/engagementListV1.xsd', import.meta.url),
      'utf8',
    )
    const { valid, errors } = await validateXML({ xml: text, schema })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
    const about = JSON.parse(/<!-- (.*) -->\n/.exec(text)?.[1] ?? '')
    expect(about).toMatchObject({ rows: 1, filters: { user: ['b@x.example', 'u--1@x.example'] } })
  })

  it.each(['json', 'ndjson', 'xml'])('in %s can be imported again', async (format) => {
    const processes = hindsightProcesses(server.folder)
    const about = format === 'ndjson' ? 'no' : 'yes'
    const users = 'user=u0@x.example&user=u1@x.example&user=u2@x.example'
    const input = await (await get(`?format=${format}&about=${about}&status=all&${users}`)).text()
    const { code, out } = await processes.run(['import', '-', '--tenant', `Copy-${format}`], { input })
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('1200 new') })
    await processes.end()
  })
})

describe('frames', () => {
  const framesOf = async (response: Response): Promise<ExportFrame[]> => {
    const read = createFrameReader()
    const frames: ExportFrame[] = []
    for await (const chunk of response.body ?? [])
      frames.push(...read(chunk).map((frame) => structuredClone(frame)))
    return frames
  }

  it.each(['csv', 'json', 'ndjson', 'xml', 'xlsx'])(
    'of %s tell rows as they come, and that it is whole',
    async (format) => {
      const asOf = new Date().toISOString()
      const response = await get(`?framed=yes&format=${format}&asOf=${asOf}`)
      expect(response.headers.get('content-type')).toBe('application/vnd.hindsight.frames')
      const frames = await framesOf(response)
      const rows = frames.map((frame) => frame.rows)
      expect(rows).toEqual(rows.toSorted((a, b) => a - b))
      expect(frames.at(-1)).toEqual({ kind: 'end', rows: 901 })
      if (format === 'xlsx') return
      const text = Buffer.concat(
        frames.flatMap((frame) => (frame.kind === 'part' ? [frame.bytes] : [])),
      ).toString()
      expect(text.replace(/^\ufeff/, '')).toBe(await (await get(`?format=${format}&asOf=${asOf}`)).text())
    },
  )

  it.runIf(inject('engine') === 'embedded')(
    'say when the server cannot read on, where HTTP alone breaks off',
    async () => {
      const own = await startServer()
      try {
        const write = (n: number) =>
          own.store.writer.write(
            'T',
            Array.from({ length: 500 }, (_, at) => ({
              engagement: {
                id: `${n} ${at}`,
                reason: 'x'.repeat(20_000),
                status: 'successful',
                associateInitiated: false,
              },
              held: [],
            })),
          )
        for (const n of [1, 2, 3, 4]) await write(n)
        const open = (search: string) => fetch(`${own.origin}/v1/engagements/export/T${search}`, { headers })
        const [plain, framed] = await Promise.all([open('?format=ndjson'), open('?format=ndjson&framed=yes')])
        const database = new DatabaseSync(path.join(own.folder, 'hindsight.db'))
        database.exec('alter table engagement rename to gone')
        await expect(plain.text()).rejects.toThrow()
        const frames = await framesOf(framed)
        const last = frames.at(-1)
        expect(last).toMatchObject({ kind: 'broken' })
        expect(last?.rows).toBeLessThan(2000)
        database.exec('alter table gone rename to engagement')
        database.close()
      } finally {
        await own.stop()
      }
    },
  )
})

it('is of one moment, whatever arrives meanwhile', async () => {
  const canonical = /<([^>]+)>; rel="canonical"/.exec(
    (await get('?status=all&about=no')).headers.get('link') ?? '',
  )?.[1]
  const link = `${server.origin}${canonical}`
  const before = await (await fetch(link, { headers })).text()
  await server.store.writer.write('T', [{ engagement: { ...odd, id: 'later' }, held: [] }])
  expect(await (await fetch(link, { headers })).text()).toBe(before)
  expect((await get('?status=all')).headers.get('hindsight-rows')).toBe('1202')
  await server.store.writer.remove('T', 'later', { atMs: 0, subject: undefined, address: '::1' })
})

it('answers HEAD without the file', async () => {
  const response = await get('?status=all', 'T', { method: 'HEAD' })
  expect(response.status).toBe(200)
  expect(response.headers.get('hindsight-rows')).toBe('1201')
  expect(await response.text()).toBe('')
})

it.each([
  ['?format=pdf', 'format'],
  ['?limit=10', 'limit'],
  ['?format=xml&columns=id', 'columns'],
  ['?columns=colour', 'columns'],
])('%s is a 400 that names what was wrong', async (search, parameter) => {
  const response = await get(search)
  expect(response.status).toBe(400)
  expect(JSON.parse(await response.text()).errors).toMatchObject([{ parameter }])
})

it('is of the token’s tenant alone', async () => {
  expect((await get('', 'Other')).status).toBe(403)
  expect((await fetch(`${server.origin}/v1/engagements/export/T`)).status).toBe(401)
})

it('is kept in the audit', async () => {
  await (await get('?user=b@x.example&format=ndjson')).text()
  const { authorization } = await server.bearer('T', 'admin')
  const seen = async () => {
    const response = await fetch(`${server.origin}/v1/audit/T`, { headers: { authorization } })
    return JSON.parse(await response.text()).events
  }
  await expect
    .poll(seen)
    .toContainEqual(expect.objectContaining({ action: 'export', target: 'user=b@x.example&format=ndjson' }))
})

it('leaves an engagement that is called export where it was', async () => {
  await server.store.writer.write('Other', [
    { engagement: { id: 'export', associateInitiated: false }, held: [] },
  ])
  const other = await server.bearer('Other')
  const response = await fetch(`${server.origin}/v1/engagements/Other/export`, { headers: other })
  expect(await response.json()).toMatchObject({ id: 'export' })
})
