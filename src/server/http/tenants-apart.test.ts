/** A tenant's data is for its own people: others learn nothing, not even whether there is such a tenant. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { allRoutes as routes } from '../../contract/all-routes.ts'
import { type RawConnection, rawConnection } from '../test-support/raw-connection.ts'
import type { RawAnswer } from '../test-support/raw-exchange.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

// Machines that are busy with other things are no failure.
vi.setConfig({ testTimeout: 30_000 })

const tenants = ['Alpha', 'Bravo', 'Gamma'] as const
type Tenant = (typeof tenants)[number]
const nobody = 'NoSuchTenant'
const password = 'correct horse battery'
const rows = 40

/** Stands in everything a tenant has, and in nothing else; ids are the same for all of them. */
const markers = { Alpha: 'mark-alpha', Bravo: 'mark-bravo', Gamma: 'mark-gamma' }

let server: RunningServer
const own: Record<string, { bearer: string; cookie: string; recordingId: string; etag: string }> = {}

beforeAll(async () => {
  server = await startServer()
  for (const tenant of tenants) {
    const mark = markers[tenant]
    const file = path.join(server.folder, `${tenant}.webm`)
    await writeFile(file, Buffer.from(`\x1a\x45\xdf\xa3${mark.repeat(30)}`, 'latin1'))
    const held = await server.media.takeIn(tenant, 'call 0', 'a.webm', file)
    const batch = Array.from({ length: rows }, (_, n) => ({
      engagement: {
        startDate: new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
        id: `call ${n}`,
        duration: n,
        context: mark,
        users: [{ uri: `${mark}-${n % 4}@x.example` }],
        status: n % 3 === 0 ? 'unsuccessful' : 'successful',
        assignedTeam: mark,
        associateInitiated: false,
      },
      held: n === 0 ? [held] : [],
    }))
    await server.store.writer.write(tenant, batch)
    const email = 'ana@x.example'
    await server.store.accounts.add({ tenant, email, role: 'admin', password })
    const signedIn = await fetch(`${server.origin}/session`, {
      method: 'POST',
      headers: { origin: server.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ tenant, email, password }),
    })
    const [cookie = ''] = signedIn.headers.getSetCookie()[0]?.split(';') ?? []
    const bearer = (await server.bearer(tenant, 'admin')).authorization
    own[tenant] = { bearer, cookie, recordingId: held.id, etag: `"${held.sha256}"` }
  }
})
afterAll(() => server.stop())

// Of all the ways to ask, few have another answer because of the engine.
const embedded = inject('engine') === 'embedded'
const ownOf = (tenant: string) => own[tenant] ?? { bearer: '', cookie: '', recordingId: '', etag: '' }

/** Each of them by one of several connections at once; in the order of the questions. */
async function askAll(questions: readonly string[]): Promise<readonly RawAnswer[]> {
  const answers: RawAnswer[] = []
  const rest = questions.entries()
  const worker = async (kept: RawConnection) => {
    for (const [index, question] of rest) answers[index] = await kept.ask(question)
    kept.close()
  }
  await Promise.all(Array.from({ length: 16 }, () => worker(rawConnection(server.origin))))
  return answers
}

function question(method: string, url: string, fields: readonly string[]): string {
  const present = fields.filter((field) => !field.endsWith(': '))
  return [`${method} ${url} HTTP/1.1`, `Host: ${new URL(server.origin).host}`, ...present, '', ''].join(
    '\r\n',
  )
}

/** Everything in an answer but the clock. */
function told({ status, headers, body }: RawAnswer): string {
  return JSON.stringify([status, Object.entries(headers).filter(([name]) => name !== 'date'), body])
}

const strangersOf = (text: string, tenant: string) =>
  tenants.filter((other) => other !== tenant && text.includes(markers[other]))

const tenantRoutes = Object.values(routes).flatMap((route) =>
  route.path.includes(':tenant') ? [route.path] : [],
)

/** Every way of asking that might make an answer differ, for a tenant of which the asker has the names. */
function* waysToAsk(asker: Tenant, owner: Tenant): Generator<(tenant: string) => string> {
  const { bearer, cookie } = ownOf(asker)
  const { recordingId, etag } = ownOf(owner)
  const origin = `Origin: ${server.origin}`
  for (const pattern of tenantRoutes)
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
      for (const who of [`Authorization: ${bearer}`, `Cookie: ${cookie}`])
        for (const query of ['', '?status=all&limit=100&asOf=now', '?grant_type=password'])
          for (const range of ['', 'bytes=0-9', 'bytes=999999-'])
            for (const known of ['', etag, '*'])
              for (const accept of ['application/json', 'application/xml'])
                yield (tenant) => {
                  const names: Record<string, string> = { tenant, id: 'call%200', recordingId }
                  const url = pattern.replace(/:(\w+)/g, (_, part: string) => names[part] ?? 'x') + query
                  const fields = [
                    who,
                    origin,
                    `Range: ${range}`,
                    `If-None-Match: ${known}`,
                    `Accept: ${accept}`,
                  ]
                  return question(method, url, fields)
                }
}

it.runIf(embedded)('answers for another tenant as for none, whatever is asked and how', async () => {
  const pairs = tenants.flatMap((asker, n) => {
    const owner = tenants[(n + 1) % tenants.length] ?? asker
    return [...waysToAsk(asker, owner)].map((ask) => ({ asker, owner, ask }))
  })
  const [others, none] = [
    await askAll(pairs.map(({ ask, owner }) => ask(owner))),
    await askAll(pairs.map(({ ask }) => ask(nobody))),
  ]
  expect(others.length + none.length).toBeGreaterThan(10_000)
  const wrong = pairs.flatMap(({ ask, asker, owner }, index) => {
    const [there, nowhere] = [others[index], none[index]]
    if (there === undefined || nowhere === undefined) return ['no answer']
    const leak = strangersOf(told(there), asker).length > 0
    return leak || told(there) !== told(nowhere) ? [`${ask(owner)}${told(there)}\n${told(nowhere)}`] : []
  })
  expect(wrong.slice(0, 5)).toEqual([])
  const statuses = new Set(others.map(({ status }) => status))
  for (const opened of [200, 206, 304]) expect(statuses).not.toContain(opened)
})

it('finds nothing of another tenant under one’s own', async () => {
  const bearer = `Authorization: ${ownOf('Alpha').bearer}`
  for (const other of ['Bravo', 'Gamma']) {
    const { recordingId, etag } = ownOf(other)
    const unheard = 'x'.repeat(recordingId.length)
    for (const fields of [[], [`If-None-Match: ${etag}`], ['Range: bytes=0-9'], [`If-Match: ${etag}`]]) {
      const urls = [recordingId, unheard].map((id) => `/v1/recordings/Alpha/${id}`)
      const [theirs, nobodys] = await askAll(urls.map((url) => question('GET', url, [bearer, ...fields])))
      expect(theirs?.status).toBe(404)
      expect(theirs && told(theirs).replaceAll(recordingId, unheard)).toBe(nobodys && told(nobodys))
    }
    const people = `/v1/users/Alpha?startsWith=${markers[other as Tenant]}`
    const theirs = `/v1/engagements/Alpha?status=all&user=${markers[other as Tenant]}-1@x.example`
    const [emails, list] = await askAll([people, theirs].map((url) => question('GET', url, [bearer])))
    expect(JSON.parse(emails?.body ?? '')).toEqual({ users: [] })
    expect(JSON.parse(list?.body ?? '')).toEqual({ hasMore: false, engagements: [] })
  }
})

it('crosses no answers under the load of three tenants at once', async () => {
  const asked = Array.from({ length: embedded ? 4500 : 450 }, (_, n) => {
    const tenant = tenants[n % 3] ?? 'Alpha'
    const mark = markers[tenant]
    const { bearer, cookie, recordingId } = ownOf(tenant)
    const urls = [
      `/v1/engagements/${tenant}?status=all&limit=${(n % 100) + 1}`,
      `/v1/engagements/${tenant}?sort=longest&limit=5&offset=${n % 20}&asOf=now`,
      `/v1/engagements/${tenant}?user=${mark}-1@x.example`,
      `/v1/engagements/${tenant}?startAfter=2026-01-01&startBefore=2026-01-02&sort=shortest`,
      `/v1/engagements/${tenant}/call%20${n % rows}`,
      `/v1/users/${tenant}?startsWith=mark`,
      `/v1/recordings/${tenant}/${recordingId}`,
    ]
    const who = n % 2 === 0 ? `Authorization: ${bearer}` : `Cookie: ${cookie}`
    return { tenant, text: question('GET', urls[Math.floor(n / 3) % urls.length] ?? '', [who]) }
  })
  const answers = await askAll(asked.map(({ text }) => text))
  const wrong = asked.flatMap(({ tenant, text }, index) => {
    const answer = answers[index]
    const right = answer?.status === 200 && answer.body.includes(markers[tenant])
    return right && strangersOf(told(answer), tenant).length === 0 ? [] : [`${text}${JSON.stringify(answer)}`]
  })
  expect(wrong.slice(0, 5)).toEqual([])
})
