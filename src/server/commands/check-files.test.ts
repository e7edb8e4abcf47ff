/** `hindsight check` on files of recordings that no row names, in a folder and in a bucket. */
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkFiles } from '../media/check-files.ts'
import { commitHeld, type TakenIn } from '../media/commit-held.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { folderOf, nameOf, olderNameOf } from '../media/media-names.ts'
import { openMedia } from '../media/open-media.ts'
import type { HeldRecording } from '../store/engagement-writer.ts'
import type { Store } from '../store/store.ts'
import { runCommand } from '../test-support/run-command.ts'
import { type S3Store, startS3Store } from '../test-support/s3-store.ts'
import { createTestStores, type TestStores } from '../test-support/test-stores.ts'
import { checkCommand } from './check.ts'

const removal = { atMs: 0, subject: undefined, address: '::1' }
const webm = Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex')
const { signal } = new AbortController()
const daysAgo = (days: number) => Date.now() - days * 86_400_000
let s3: S3Store
let stores: TestStores
let store: Store

interface Taken {
  readonly held: HeldRecording
  readonly name: string
  readonly row: TakenIn
}

beforeAll(async () => {
  s3 = await startS3Store('')
})
afterAll(() => s3.stop())
beforeEach(async () => {
  stores = await createTestStores()
  store = await stores.open()
})
afterEach(async () => {
  await store.close()
  await stores.drop()
})

describe.each(['folder', 'bucket'] as const)('in a %s', (kind) => {
  let media: HeldMedia
  const pathTo = (name: string) => path.join(stores.folder, 'recordings', name)

  beforeEach(async () => {
    const recordings = kind === 'folder' ? { kind } : { kind, ...s3.settings }
    media = await openMedia({ dataDir: stores.folder, recordings })
  })
  afterEach(async () => {
    for await (const file of media.files(signal)) await file.remove()
    await media.close()
  })

  async function names(): Promise<readonly string[]> {
    if (kind === 'bucket') return s3.keys()
    const all = await readdir(pathTo(''), { recursive: true, withFileTypes: true })
    const files = all.filter((entry) => !entry.isDirectory())
    return files
      .map(({ parentPath, name }) => path.relative(pathTo(''), path.join(parentPath, name)))
      .toSorted()
  }
  async function put(name: string, text: string, writtenMs = daysAgo(2)): Promise<void> {
    if (kind === 'bucket') return s3.plant(name, Buffer.from(text), writtenMs)
    await mkdir(path.dirname(pathTo(name)), { recursive: true })
    await writeFile(pathTo(name), text)
    await date(name, writtenMs)
  }
  async function date(name: string, writtenMs = daysAgo(2)): Promise<void> {
    if (kind === 'bucket') await s3.date(name, writtenMs)
    else await utimes(pathTo(name), new Date(writtenMs), new Date(writtenMs))
  }

  /** As an import does before its commit. */
  async function takeIn(id: string, tenant = 'T'): Promise<Taken> {
    const file = path.join(stores.folder, 'taken.webm')
    await writeFile(file, Buffer.concat([webm, Buffer.from(id)]))
    const held = await media.takeIn(tenant, id, 'a.webm', file)
    const row = { engagement: { id, associateInitiated: false }, held: [held], known: [] }
    return { held, name: nameOf(tenant, held), row }
  }
  /** As one does that was killed before it, days ago. */
  async function leave(id: string, tenant = 'T'): Promise<Taken> {
    const taken = await takeIn(id, tenant)
    await date(taken.name)
    return taken
  }
  const write = (...taken: readonly Taken[]) =>
    store.writer.write(
      'T',
      taken.map(({ row }) => row),
    )
  const commit = ({ row }: Taken) =>
    commitHeld(
      [row],
      {
        tenant: 'T',
        writer: store.writer,
        media,
        findRecording: store.findRecording,
        again: async ({ engagement }) => (await takeIn(engagement.id)).row,
      },
      (rows) => store.writer.write('T', rows),
    )

  async function check(...args: string[]): Promise<{ code: number; out: readonly string[] }> {
    const env = { DATA_DIR: stores.folder, ...stores.env, ...(kind === 'bucket' && s3.env) }
    const { code, out } = await runCommand(checkCommand, args, env)
    return { code, out: out.trim().split('\n') }
  }

  it('tells of those that no row names, and removes them when it is told to', async () => {
    const [named, removed] = [await leave('named'), await leave('removed')]
    await write(named, removed)
    await media.keepPeaks('T', named.held, '{}')
    await store.writer.remove('T', 'removed', removal)
    const left = await leave('left')
    await media.keepPeaks('T', left.held, '{"quiet":true}')
    for (const { name } of [named, left]) await date(`${name}.peaks`)
    const older = olderNameOf('T', 'nobody')
    await put(older, 'of old')
    const fresh = await takeIn('fresh')
    await write(fresh)
    await put(olderNameOf('T', fresh.held.id), 'of old')
    const draft = `${olderNameOf('T', named.held.id)}.77.0123abcd`
    await put(draft, 'a part')
    const young = await takeIn('young')
    await put(nameOf('T', { id: 'ahead', sha256: '0'.repeat(64) }), 'x', daysAgo(-3))
    await put('note.txt', 'foreign')
    await put(`${folderOf('T')}/a.webm`, 'foreign too')

    const before = await names()
    const found = [[left.name, 34] as const, [older, 6] as const, [draft, 6] as const].map(
      ([name, bytes]) => `T: no row names the file ${name}, ${bytes} bytes`,
    )
    const foreign = expect.stringMatching(
      /^2 files of 18 bytes among the recordings are not Hindsight's and are left alone, such as /,
    )
    const told = await check()
    expect([told.code, told.out.slice(0, -1).toSorted(), told.out.at(-1)]).toEqual([
      1,
      found.toSorted(),
      foreign,
    ])
    expect(await names()).toEqual(before)
    const repaired = await check('--repair')
    expect([repaired.code, ...repaired.out.slice(3)]).toEqual([
      0,
      foreign,
      'Removed 3 files of 46 bytes that no row named',
      'All of it is repaired',
    ])
    const gone = [left.name, `${left.name}.peaks`, older, draft]
    expect(await names()).toEqual(before.filter((name) => !gone.includes(name)))
    expect(await check()).toEqual({ code: 0, out: [foreign, 'Nothing is wrong'] })
    await write(young)
    await date(young.name)
    expect((await check()).code).toBe(0)
  })

  it('leaves those of a tenant that the store does not know to the operator', async () => {
    const { name } = await leave('call', 'Unknown')
    const told = `A tenant that is not in the store: no row names the file ${name}, 20 bytes`
    expect(await check()).toEqual({ code: 1, out: [told] })
    const why =
      'Not removed: files of tenants that are not in the store, since they may be those of another store'
    expect(await check('--repair')).toEqual({ code: 1, out: [told, why] })
    expect(await names()).toEqual([name])
  })

  const checkBeside = (other: Parameters<typeof checkFiles>[0]) =>
    checkFiles(other, media, { repair: true, nowMs: Date.now(), signal })

  it('waits for an import that commits, and keeps what that names', async () => {
    await write(await takeIn('another'))
    const left = await leave('call')
    const other = await stores.open()
    const events: string[] = []
    const asked = Promise.withResolvers<void>()
    const whileUnheld: Store['writer']['whileUnheld'] = (act) => {
      asked.resolve()
      return other.writer.whileUnheld(async () => {
        events.push('removal')
        await act()
      })
    }
    const release = await store.writer.holdFiles()
    const checked = checkBeside({ check: other.check, writer: { whileUnheld } })
    // It has found that no row names the file.
    await asked.promise
    await write(left)
    events.push('commit')
    release()
    expect(await checked).toMatchObject({ settled: 1, left: 0 })
    expect(events).toEqual(['commit', 'removal'])
    await (await media.open('T', left.held)).close()
    await other.close()
  })

  it('has an import take in again what was removed before its commit', async () => {
    await write(await takeIn('another'))
    const left = await leave('call')
    expect(await checkBeside(store)).toMatchObject({ settled: 1, left: 0 })
    await expect(media.open('T', left.held)).rejects.toThrow()
    await commit(left)
    await (await media.open('T', left.held)).close()
  })

  it('takes no recording from imports that come at the same moment', async () => {
    await write(await takeIn('another'))
    const other = await stores.open()
    for (let round = 0; round < 10; round++) {
      const left = await leave(`call-${round}`)
      const acts = [() => commit(left), () => checkBeside(other)]
      if (round % 2 === 1) acts.reverse()
      await Promise.all(acts.map((act) => act()))
      await (await media.open('T', left.held)).close()
    }
    await other.close()
  })
})
