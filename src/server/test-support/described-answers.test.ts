/** The watch over all answers has to find what is wrong, in this process and in others: else it watches nothing. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createAccessTokens } from '../auth/access-tokens.ts'
import { openStore } from '../store/open-store.ts'
import { type GivenAnswer, whatIsWrong } from './answer-description.ts'
import { hindsightProcesses, untilReady } from './hindsight-processes.ts'
import { startServer } from './running-server.ts'

const secret = 'a secret for tests, longer than 32 characters'
const engagement = { id: 'a', associateInitiated: false }

/** A document that no description allows, put where only the database's owner can. */
function spoil(folder: string, doc: string): void {
  const database = new DatabaseSync(path.join(folder, 'hindsight.db'))
  database.prepare('update document set doc = ?').run(doc)
  database.close()
}

it.each(['identity', 'br', 'gzip'])(
  'finds a wrong answer of a server in this process: %s',
  async (coding) => {
    const server = await startServer()
    await server.store.writer.write('T', [{ engagement, held: [] }])
    spoil(server.folder, JSON.stringify({ id: 7, reason: 'x'.repeat(2000) }))
    const headers = { ...(await server.bearer('T')), 'accept-encoding': coding }
    const answer = await fetch(`${server.origin}/v1/engagements/T/a`, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-encoding') ?? 'identity').toBe(coding)
    await expect(server.stop()).rejects.toThrow(/GET \/v1\/engagements\/T\/a 200: .*id must be string/)
  },
)

it('finds a wrong answer of a server in another process, which is killed at once', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  try {
    const store = await openStore({ dataDir: folder })
    await store.writer.write('T', [{ engagement, held: [] }])
    const tokens = createAccessTokens(secret, store.ended)
    const token = await tokens.issue({ tenant: 'T', subject: 'a@x.example', role: 'supervisor' })
    await store.close()
    spoil(folder, '{"id":7}')
    const hindsight = hindsightProcesses(folder)
    const origin = await untilReady(hindsight.start(['serve'], { DEMO: 'off', SESSION_SECRET: secret }))
    await fetch(`${origin}/livez`)
    const headers = { authorization: `Bearer ${token}` }
    await (await fetch(`${origin}/v1/engagements/T?status=all`, { headers })).text()
    await expect(hindsight.end()).rejects.toThrow(
      /described:\nGET \/v1\/engagements\/T\?status=all 200: .*\n$/,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

describe('an answer', () => {
  const json = { 'content-type': 'application/json; charset=utf-8' }
  const xml = { 'content-type': 'text/xml; charset=utf-8' }
  const list = { url: '/v1/engagements/T', headers: xml }
  const answer = (more: Partial<GivenAnswer> & { readonly text?: string }): GivenAnswer => {
    const body = more.body ?? Buffer.from(more.text ?? '{"count":3}')
    const bodyBytes = body.length
    return {
      method: 'GET',
      url: '/v1/engagements/count/T?x',
      status: 200,
      headers: json,
      bodyBytes,
      ...more,
      body,
    }
  }
  const problem = '{"type":"urn:problem:hindsight:not-found","title":"t","status":404,"detail":"d"}'
  const problemJson = { 'content-type': 'application/problem+json; charset=utf-8' }

  it.each<[string, Partial<GivenAnswer> & { readonly text?: string }]>([
    ['as it should be', {}],
    ['in XML', { headers: xml, text: '<?xml version="1.0"?>\n<x><count>3</count></x>\n' }],
    [
      'in XML, without rows',
      { url: '/v1/engagements/T', headers: xml, text: '<x><hasMore>false</hasMore></x>' },
    ],
    [
      'in brotli',
      { headers: { ...json, 'content-encoding': 'br' }, body: brotliCompressSync('{"count":3}') },
    ],
    ['of a HEAD', { method: 'HEAD', text: '' }],
    ['unchanged', { status: 304, headers: {}, text: '' }],
    ['of the page', { url: '/T/engagements', headers: { 'content-type': 'text/html' }, text: '<p>' }],
    ['of the page, for no address', { url: '/x', status: 404, headers: { 'content-type': 'text/html' } }],
    ['of nothing', { url: '/nothing', status: 404, headers: problemJson, text: problem }],
  ])('%s is right', (_, more) => {
    expect(whatIsWrong(answer(more))).toBeUndefined()
  })

  it.each<[string, Partial<GivenAnswer> & { readonly text?: string }, RegExp]>([
    ['with a field missing', { text: '{}' }, /count/],
    ['in XML with a field missing', { headers: xml, text: '<x/>' }, /count/],
    ['in XML with a field twice', { headers: xml, text: '<x><count>3</count><count>3</count></x>' }, /count/],
    [
      'in XML with a text for a number',
      { headers: xml, text: '<x><count>3.5</count></x>' },
      /count must be integer/,
    ],
    [
      'in XML with a wrong row',
      { ...list, text: '<x><hasMore>true</hasMore><engagements/></x>' },
      /associateInitiated/,
    ],
    ['that is no XML', { headers: xml, text: '<x><count>3</count>' }, /cannot be read/],
    ['that is no JSON', { text: '{' }, /cannot be read/],
    ['in gzip', { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync('{}') }, /count/],
    ['of another type', { headers: { 'content-type': 'text/csv' } }, /type text\/csv/],
    ['of another type to HEAD', { method: 'HEAD', headers: {}, text: '' }, /no body of type/],
    ['of a status that is not described', { status: 201 }, /no such status/],
    [
      'of a failure that is not described',
      { status: 500, headers: problemJson, text: problem },
      /no such status/,
    ],
    ['unchanged with a length', { status: 304, headers: { 'content-length': '0' }, text: '' }, /a length/],
    ['without a challenge', { status: 401, headers: problemJson, text: problem }, /no www-authenticate/],
    ['without the methods', { status: 405, headers: problemJson, text: problem }, /no allow/],
    ['with a body where none is', { status: 304 }, /no body is described/],
    ['that refuses in other words', { status: 418, text: problem }, /no body of type application\/json/],
    ['that refuses what is nowhere in no type', { url: '/x', status: 404, headers: {} }, /no body of type/],
    [
      'that refuses what is nowhere without why',
      { url: '/x', status: 404, headers: problemJson, text: '{}' },
      /detail/,
    ],
  ])('%s is wrong', (_, more, why) => {
    expect(whatIsWrong(answer(more))).toMatch(why)
  })
})
