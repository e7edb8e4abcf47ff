/** `hindsight move` as an operator runs it, and what servers of both databases answer afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countQuery, type EngagementQuery, engagementQuery } from '../../contract/query/engagement-query.ts'
import { histogramQuery } from '../../contract/query/histogram-query.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import { createApp } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import type { PostgresSettings } from '../store/engine/postgres/settings.ts'
import { openStore } from '../store/open-store.ts'
import { queryArbitrary } from '../test-support/engagement-oracle.ts'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { formerPerson, person, writeOddHistory } from '../test-support/odd-history.ts'
import { createTestDatabase, type TestDatabase } from '../test-support/postgres/test-database.ts'
import { openBackend } from './backend.ts'

import { moveCommand } from './move.ts'

const secret = 'a secret for tests, longer than 32 characters'
let folder: string
let database: TestDatabase
let hindsight: HindsightProcesses
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  database = await createTestDatabase()
  hindsight = hindsightProcesses(folder)
  env = { DATABASE_URL: database.url, SESSION_SECRET: secret }
  const store = await openStore({ dataDir: folder })
  await writeOddHistory(store, folder)
  await store.close()
})
afterAll(async () => {
  await hindsight.end()
  await rm(folder, { recursive: true })
  await database.drop()
})

const move = ['move', '--from', 'sqlite', '--to', 'postgres']

it('begins anew after it was killed, and leaves nothing that answers as the whole', async () => {
  await (await openTarget()).close()
  // Holds it up among the arrivals, which come after the engagements.
  const superuser = await database.superuser()
  await superuser.query('begin; lock table arrival in share mode')
  const killed = hindsight.start(move, env)
  const watching = await database.superuser()
  const waits = `select 1 from pg_stat_activity
    where usename = current_schema() and application_name = 'hindsight move' and wait_event_type = 'Lock'`
  while ((await watching.query(waits)).rowCount === 0) await delay(20)
  killed.child.kill('SIGKILL')
  await killed.ended
  await superuser.query('commit')
  expect((await watching.query('select 1 from engagement')).rowCount).toBeGreaterThan(0)
  await Promise.all([superuser.end(), watching.end()])
  const half = await hindsight.run(['user', 'list', '--tenant', 'Premier'], { env })
  expect(half).toMatchObject({
    code: 1,
    out: '',
    err:
      'The database holds a part of a history that is being moved or restored there, or whose move or restore ' +
      'broke off: wait for its end, or run it again, which begins anew\n',
  })
  const stopped = new PassThrough()
  const { stdin, stdout } = process
  const context = {
    config: configOf(database.settings),
    stdin,
    stdout,
    stderr: stopped,
    signal: AbortSignal.abort(),
  }
  expect(await moveCommand(move.slice(1), context)).toBe(1)
  stopped.end()
  expect(await text(stopped)).toMatch(/^Interrupted: what was moved is a part and is not served/)
  const { code, out, err } = await hindsight.run(move, { env })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(
    /^Premier: \d+ engagements, 2 recordings, 2 views, 2 accounts, \d+ audit records, sha256 [0-9a-f]{64}, same on both sides\nBeta: \d+ engagements, 2 clients, 1 audit record, sha256 [0-9a-f]{64}, same on both sides\nStaffed: 1 account, sha256 [0-9a-f]{64}, same on both sides\nAll of it was read again on both sides and is the same\. Recordings stay/,
  )
})

it('leaves two databases of which a server answers alike, byte for byte', async () => {
  const servers = [await serveOf(undefined), await serveOf(database.settings)]
  const ask = (url: string, authorization: (n: number) => string) =>
    Promise.all(
      servers.map(({ app }, n) => app.inject({ url, headers: { authorization: authorization(n) } })),
    )
  const tokensOf = ({ email, password }: typeof person) => {
    const basic = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
    return ask('/v1/auth/Premier?grant_type=password', () => basic)
  }
  // By the password that was moved.
  const tokens = (await tokensOf(person)).map((answer) => answer.json().access_token)
  const both = async (url: string) => {
    const answers = await ask(url, (n) => `Bearer ${tokens[n]}`)
    const [a, b] = answers.map(({ statusCode, headers: { etag, link }, body }) => ({
      statusCode,
      etag,
      link,
      body,
    }))
    expect(b, url).toEqual(a)
    return a
  }
  const embedded = new DatabaseSync(path.join(folder, 'hindsight.db'))
  const arrivals = embedded
    .prepare('select at_ms from arrival')
    .all()
    .map(({ at_ms }) => Number(at_ms))
  embedded.close()
  const asked = fc.record({
    query: queryArbitrary,
    asOf: fc.option(fc.constantFrom(...arrivals), { nil: undefined }),
    seed: fc.integer({ min: 0, max: 999 }),
    wide: fc.boolean(),
  })
  const unbounded = {
    startAfter: undefined,
    startBefore: undefined,
    endAfter: undefined,
    endBefore: undefined,
  }
  let rows = 0
  for (const { query, asOf, seed, wide } of fc.sample(asked, { numRuns: 100 })) {
    const given: EngagementQuery = {
      ...query,
      ...(wide && { ...unbounded, offset: query.offset % 8 }),
      asOf,
    }
    const { limit, offset: _offset, sort: _sort, ...filter } = given
    const page = await both(pathOf(routes.engagements, { tenant: 'Premier' }, engagementQuery.write(given)))
    rows += JSON.parse(page?.body ?? '').engagements.length
    await both(pathOf(routes.count, { tenant: 'Premier' }, countQuery.write(filter)))
    const buckets = { ...histogramQuery.defaults, ...filter }
    await both(pathOf(routes.histogram, { tenant: 'Premier' }, histogramQuery.write(buckets)))
    await both(`${pathOf(routes.sample, { tenant: 'Premier' })}?seed=${seed}&limit=${limit}&status=all`)
  }
  expect(rows).toBeGreaterThan(50)
  for (const where of ['/v1/views/Premier', '/v1/users/Premier', '/v1/users/Premier?startsWith=n'])
    expect(await both(where)).toMatchObject({ statusCode: 200 })
  expect((await tokensOf(formerPerson)).map(({ statusCode }) => statusCode)).toEqual([401, 401])
  for (const { app, backend } of servers) {
    await app.close()
    await backend.close()
  }
})

it.each([
  [[], '--from needs sqlite or postgres'],
  [['--from', 'sqlite', '--to', 'mysql'], '--to needs sqlite or postgres'],
  [['--from', 'sqlite', '--to', 'sqlite'], '--from and --to are both sqlite'],
  [['--from', 'sqlite', '--to', 'postgres'], 'DATABASE_URL is not set'],
])('is not asked for by %j', async (words, why) => {
  const { stdin, stdout, stderr } = process
  const context = { config: readConfig(), stdin, stdout, stderr, signal: new AbortController().signal }
  await expect(moveCommand(words, context)).rejects.toThrow(why)
})

function openTarget() {
  return openStore({ dataDir: folder, database: database.settings })
}

function configOf(postgres: PostgresSettings | undefined): Config {
  return { ...readConfig(), dataDir: folder, database: postgres, demo: 'off', sessionSecret: secret }
}

async function serveOf(postgres: PostgresSettings | undefined) {
  const logger = pino({ level: 'silent' })
  const config = configOf(postgres)
  const backend = await openBackend(config, logger, () => {})
  const { publicUrl, trustedProxies } = config
  const app = await createApp({ ...backend.context, logger, publicUrl, trustedProxies, pageDir: undefined })
  return { app, backend }
}
