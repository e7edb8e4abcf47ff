/** A recording that is imported again with other bytes, while it is being played: bytes and ETag belong together at every moment. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EngagementListV1 } from '../../contract/model/engagement.ts'
import { sqliteFileLock } from '../store/engine/sqlite/sqlite-file-lock.ts'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { type RunningServer, startServer } from '../test-support/running-server.ts'

const names = Array.from({ length: 12 }, (_, n) => `call-${n}.webm`)
const longMs = 60_000
let server: RunningServer
let hindsight: HindsightProcesses
/** What is imported from. */
let source: string
let headers: { authorization: string }

beforeEach(async () => {
  server = await startServer()
  headers = await server.bearer('T')
  hindsight = hindsightProcesses(server.folder)
  source = await mkdtemp(path.join(tmpdir(), 'hindsight-source-'))
})
afterEach(async () => {
  await hindsight.end()
  await server.stop()
  await rm(source, { recursive: true })
})

const engagement = { id: 'a', startDate: 1_790_000_000_000, recordings: names.map((uri) => ({ uri })) }
const command = ['import', '-', '--tenant', 'T', '--recordings']

/** Other bytes for every recording, each as long as before. @returns their hashes */
async function recordAnew(): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>()
  for (const name of names) {
    const bytes = Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(400_000)])
    await writeFile(path.join(source, name), bytes)
    hashes.add(sha256(bytes))
  }
  return hashes
}

async function importAll(): Promise<void> {
  const { code, out, err } = await hindsight.run([...command, source], {
    input: JSON.stringify(engagement),
  })
  expect({ code, err, out }).toMatchObject({ code: 0, out: expect.stringContaining(' 0 rejected') })
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function addresses(): Promise<readonly string[]> {
  const answer = await fetch(`${server.origin}/v1/engagements/T?status=all`, { headers })
  const { engagements } = (await answer.json()) as EngagementListV1
  return (engagements[0]?.recordings ?? []).map(({ uri }) => server.origin + uri)
}

/** @returns the hash that was given as the ETag, and that of the bytes */
async function play(address: string): Promise<readonly [told: string | undefined, got: string]> {
  const answer = await fetch(address, { headers })
  expect(answer.status).toBe(200)
  const told = answer.headers.get('etag')?.replaceAll('"', '')
  return [told, sha256(new Uint8Array(await answer.arrayBuffer()))]
}

/** What is in the media folder, drafts included. */
async function files(): Promise<readonly string[]> {
  const root = path.join(server.folder, 'recordings')
  const all = await Promise.all((await readdir(root)).map((tenant) => readdir(path.join(root, tenant))))
  return all.flat()
}

it('is served with the ETag of its bytes while other bytes come in', { timeout: longMs }, async () => {
  await recordAnew()
  await importAll()
  const [first = '', ...others] = await addresses()
  const seen = new Set<string>()
  for (let round = 0; round < 3; round++) {
    await recordAnew()
    let importing = true
    const imported = importAll().finally(() => {
      importing = false
    })
    while (importing) {
      for (const address of [first, others.at(-1) ?? '']) {
        const [told, got] = await play(address)
        expect(told).toBe(got)
        if (address === first) seen.add(got)
      }
    }
    await imported
    seen.add((await play(first))[1])
  }
  expect(seen.size).toBe(4)
  expect(await files()).toHaveLength(names.length)
})

it('stays what it was when the import is killed before its commit, and is new once it is run again', {
  timeout: longMs,
}, async () => {
  const before = await recordAnew()
  await importAll()
  const after = await recordAnew()
  const { child, ended } = hindsight.start([...command, source])
  child.stdin.write(`${JSON.stringify(engagement)}\n`)
  await expect.poll(files, { timeout: 20_000 }).toHaveLength(2 * names.length)
  // Whoever wants to write waits for a while, so that nothing is committed.
  const writer = new DatabaseSync(path.join(server.folder, 'hindsight.db'))
  writer.exec('begin immediate')
  child.stdin.end()
  const lock = sqliteFileLock(server.folder, { unheldMs: 0, holdMs: 1000 })
  await expect.poll(() => lock.whileUnheld(async () => {}), { timeout: 20_000 }).toBe(false)
  for (const address of await addresses()) {
    const [told, got] = await play(address)
    expect(told).toBe(got)
    expect(before).toContain(got)
  }
  child.kill('SIGKILL')
  await ended
  writer.close()
  for (const address of await addresses()) expect(before).toContain((await play(address))[1])
  await importAll()
  for (const address of await addresses()) {
    const [told, got] = await play(address)
    expect(told).toBe(got)
    expect(after).toContain(got)
  }
  expect(await files()).toHaveLength(names.length)
})

/** As it was before files were named by their bytes. @returns the paths */
async function nameAsBefore(): Promise<readonly string[]> {
  const root = path.join(server.folder, 'recordings')
  const [tenant = ''] = await readdir(root)
  const folder = path.join(root, tenant)
  const older = (await files()).map((name) => [name, name.split('.', 1)[0] ?? ''] as const)
  for (const [name, before] of older) await rename(path.join(folder, name), path.join(folder, before))
  return older.map(([, before]) => path.join(folder, before))
}

it('keeps nobody from removing others while its source gives nothing', async () => {
  await recordAnew()
  const { child, ended } = hindsight.start([...command, source], server.env)
  child.stdin.write(`${JSON.stringify(engagement)}\n`)
  await expect.poll(() => files().catch(() => []), { timeout: 15_000 }).toHaveLength(names.length)
  const other = { tenant: 'T', id: 'other', sha256: 'other' }
  expect(await server.store.writer.clearLeftFile(other, async () => {})).toBe('cleared')
  child.stdin.end()
  expect(await ended).toMatchObject({ code: 0 })
  expect(await addresses()).toHaveLength(names.length)
})

it('is found where it was kept before files were named by their bytes, and not kept twice', {
  timeout: longMs,
}, async () => {
  const before = await recordAnew()
  await importAll()
  await nameAsBefore()
  const [first = '', second = '', ...others] = await addresses()
  for (const [told, got] of await Promise.all([...Array(20).fill(first), second].map(play))) {
    expect(told).toBe(got)
    expect(before).toContain(got)
  }
  await importAll()
  for (const address of others) expect(before).toContain((await play(address))[1])
  expect(await files()).toHaveLength(names.length)
  await nameAsBefore()
  await recordAnew()
  await importAll()
  for (const address of await addresses()) expect(before).not.toContain((await play(address))[1])
  expect(await files()).toHaveLength(names.length)
})

it('is rather missing than other than its ETag says, where it was once left so', {
  timeout: longMs,
}, async () => {
  const hashes = await recordAnew()
  await importAll()
  const [left = ''] = await nameAsBefore()
  await writeFile(left, randomBytes((await stat(left)).size))
  const statuses = await Promise.all(
    (await addresses()).map(async (address) => (await fetch(address, { headers })).status),
  )
  expect(statuses.toSorted()).toEqual([...Array(names.length - 1).fill(200), 404])
  await importAll()
  for (const address of await addresses()) expect(hashes).toContain((await play(address))[1])
})
