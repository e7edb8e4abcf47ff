/** What a browser loads by itself comes compressed as well: the page, its files, and the description of the API. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { rawRequest } from '../test-support/raw-request.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const page = `<!doctype html><title>${'page '.repeat(400)}</title>`
const script = `console.log('${'ü'.repeat(2000)}')`
let first: RunningServer
let server: RunningServer

beforeAll(async () => {
  first = await startServer()
  const pageDir = path.join(first.folder, 'page')
  await mkdir(path.join(pageDir, 'assets'), { recursive: true })
  await writeFile(path.join(pageDir, 'index.html'), page)
  await writeFile(path.join(pageDir, 'assets', 'a.js'), script)
  await writeFile(path.join(pageDir, 'assets', 'a.js.br'), brotliCompressSync(script))
  await writeFile(path.join(pageDir, 'assets', 'a.js.gz'), gzipSync(script))
  await writeFile(path.join(pageDir, 'assets', 'alone.css'), 'a{}')
  server = await startServer({ pageDir })
})
afterAll(async () => {
  await server.stop()
  await first.stop()
})

const ask = (address: string, accepted?: string, method = 'GET') =>
  rawRequest(server.origin + address, accepted === undefined ? {} : { 'accept-encoding': accepted }, method)

it.each([
  ['/', 'text/html'],
  ['/T/engagements', 'text/html'],
  ['/assets/a.js', 'application/javascript'],
  ['/docs', 'text/html'],
  ['/v1/openapi.json', 'application/json'],
  ['/v1/engagementListV1.xsd', 'application/xml'],
])('%s', async (address, type) => {
  const plain = await ask(address)
  for (const [accepted, coding, open] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip;q=0.5, br;q=0', 'gzip', gunzipSync],
  ] as const) {
    const { status, headers, body } = await ask(address, accepted)
    expect([status, headers['content-encoding']]).toEqual([200, coding])
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`)
    expect(headers['cache-control']).toBe(plain.headers['cache-control'])
    expect(open(body).equals(plain.body)).toBe(true)
    expect(body.length).toBeLessThan(plain.body.length / 2)
    const head = await ask(address, accepted, 'HEAD')
    expect(head.headers['content-length']).toBe(String(body.length))
  }
  for (const { headers, body } of [plain, await ask(address, 'br;q=0'), await ask(address, 'identity')]) {
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers.vary?.toLowerCase()).toBe('accept-encoding')
    expect(headers['content-length']).toBe(String(body.length))
  }
})

it('leaves what has nothing beside it as it is, and gives a coding no address', async () => {
  expect((await ask('/assets/alone.css', 'br, gzip')).headers['content-encoding']).toBeUndefined()
  for (const address of ['/assets/a.js.br', '/assets/a.js.gz'])
    expect((await ask(address, 'br, gzip')).status).toBe(404)
})
