/** What recordings are held by, whichever it is: a folder, and a bucket of a real S3 server. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type S3Store, startS3Store } from '../test-support/s3-store.ts'
import type { ByteRange } from './byte-range.ts'
import type { HeldMedia, OpenBytes } from './held-media.ts'
import { openMedia } from './open-media.ts'

const { signal } = new AbortController()
const webm = Buffer.from('1a45dfa39f4286810142f7810142f281', 'hex')
let s3: S3Store
let folder: string

beforeAll(async () => {
  s3 = await startS3Store()
})
afterAll(() => s3.stop())
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function read(bytes: OpenBytes, range: ByteRange): Promise<Buffer> {
  const pieces: Buffer[] = []
  // A piece is its reader's until the next one is asked for.
  for await (const piece of bytes.read(range)) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

describe.each(['folder', 'bucket'] as const)('a %s', (kind) => {
  let media: HeldMedia

  beforeEach(async () => {
    const recordings = kind === 'folder' ? { kind } : { kind, ...s3.settings }
    media = await openMedia({ dataDir: folder, recordings })
  })
  afterEach(() => media.close())

  /** Names under which something is kept, of recordings and of what is beside them. */
  async function names(): Promise<readonly string[]> {
    if (kind === 'bucket') return s3.keys()
    const all = await readdir(path.join(folder, 'recordings'), { recursive: true }).catch(() => [])
    return all.filter((name) => name.includes('/')).sort()
  }

  async function takeIn(bytes: Buffer, name = 'a.webm', tenant = `T ${kind}`) {
    const file = path.join(folder, 'taken')
    await writeFile(file, bytes)
    return media.takeIn(tenant, 'call', name, file)
  }
  const tenant = `T ${kind}`
  const other = () => Buffer.concat([webm, randomBytes(1000)])

  it('gives what was taken in, whole and in ranges', async () => {
    // Longer than a part in which it is sent, and no multiple of anything.
    const bytes = Buffer.concat([webm, randomBytes(8 * 1024 * 1024), Buffer.from('the end')])
    const held = await takeIn(bytes)
    expect(held).toEqual({
      id: media.idOf(tenant, 'call', 'a.webm'),
      mediaType: 'video/webm',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
    const open = await media.open(tenant, held)
    expect(open.size).toBe(bytes.length)
    const last = bytes.length - 1
    for (const range of [
      { first: 0, last },
      { first: 0, last: 9 },
      { first: 70_000, last: 70_000 },
      { first: last - 6, last },
      { first: 65_530, last: 1_000_000 },
    ]) {
      const got = await read(open, range)
      expect(got.equals(bytes.subarray(range.first, range.last + 1))).toBe(true)
    }
    // One that is left in the middle holds nothing up.
    for await (const piece of open.read({ first: 0, last })) {
      expect(piece.length).toBeGreaterThan(0)
      break
    }
    await open.close()
  })

  it('gives it as a file too, which leaves nothing behind', async () => {
    const bytes = other()
    const held = await takeIn(bytes)
    const before = await readdir(folder, { recursive: true })
    const file = await media.openFile(tenant, held)
    const part = Buffer.alloc(10)
    await file.read(part, 0, 10, 500)
    expect(part.equals(bytes.subarray(500, 510))).toBe(true)
    expect((await file.stat()).size).toBe(bytes.length)
    await file.close()
    const after = await readdir(folder, { recursive: true })
    expect(after.filter((name) => !before.includes(name) && name !== 'measured')).toEqual([])
  })

  it('gives the same address to the same name, and keeps other bytes beside', async () => {
    const [first, second] = [other(), other()]
    const held = await takeIn(first)
    const kept = await names()
    expect(await takeIn(first)).toEqual(held)
    expect(await names()).toEqual(kept)
    const changed = await takeIn(second)
    expect(changed.id).toBe(held.id)
    for (const [recording, bytes] of [
      [held, first],
      [changed, second],
    ] as const) {
      const open = await media.open(tenant, recording)
      expect((await read(open, { first: 0, last: open.size - 1 })).equals(bytes)).toBe(true)
      await open.close()
    }
    expect((await takeIn(first, 'b.webm')).id).not.toBe(held.id)
  })

  it('takes in no file that is no recording, nor one that is not there', async () => {
    const before = await names()
    await expect(takeIn(Buffer.from('no sound at all '))).rejects.toThrow('does not begin like')
    await expect(takeIn(other(), 'a.exe')).rejects.toThrow('is no recording we can serve')
    await expect(media.takeIn(tenant, 'call', 'a.webm', path.join(folder, 'none'))).rejects.toThrow('ENOENT')
    expect(await names()).toEqual(before)
  })

  it('keeps how loud it is beside the bytes, as long as they are there', async () => {
    const held = await takeIn(other())
    expect(await media.keptPeaks(tenant, held)).toBeUndefined()
    await media.keepPeaks(tenant, held, '{"quiet":true}')
    expect(await media.keptPeaks(tenant, held)).toBe('{"quiet":true}')
    const beside = await takeIn(other())
    await media.remove(tenant, held)
    await media.remove(tenant, held)
    await expect(media.open(tenant, held)).rejects.toThrow()
    await expect(media.openFile(tenant, held)).rejects.toThrow()
    expect(await media.keptPeaks(tenant, held)).toBeUndefined()
    const kept = await names()
    expect(kept.filter((name) => name.includes(held.sha256))).toEqual([])
    // Removed while it was measured.
    await media.keepPeaks(tenant, held, '{}')
    expect(await names()).toEqual(kept)
    await (await media.open(tenant, beside)).close()
  })

  it('lists all that lies there, and removes what is wanted of it', async () => {
    const held = await takeIn(other())
    const beside = await takeIn(other(), 'b.webm', 'another')
    await media.keepPeaks(tenant, held, '{"quiet":true}')
    const before = await names()
    const prefix = kind === 'folder' ? '' : 'of/hindsight/'
    const files = await Array.fromAsync(media.files(signal))
    expect(files.map(({ name }) => prefix + name).toSorted()).toEqual(before)
    // Those of a tenant follow each other.
    const folders = files.map(({ name }) => name.split('/', 1)[0])
    expect(folders.filter((one, at) => one !== folders[at - 1])).toHaveLength(new Set(folders).size)
    const ours = files.filter(({ name }) => name.includes(held.sha256) || name.includes(beside.sha256))
    expect(ours.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([14, held.size, beside.size])
    for (const { writtenMs } of ours) expect(Math.abs(writtenMs - Date.now())).toBeLessThan(60_000)
    await ours[0]?.remove()
    await ours[0]?.remove()
    expect(await names()).toEqual(before.filter((name) => name !== prefix + ours[0]?.name))
  })

  it('leaves its place for no name', async () => {
    for (const tenant of ['../..', '/etc', '.', 'a\0b'])
      for (const name of ['../../out.webm', '/etc/out.webm', '..webm/..\\out.webm']) {
        const held = await takeIn(webm, name, tenant)
        const [kept, ...more] = (await names()).filter((one) => one.endsWith(held.sha256))
        expect(more).toEqual([])
        expect(kept).toMatch(
          kind === 'folder'
            ? /^[\w-]{22}\/[\w-]{22}\.[0-9a-f]{64}$/
            : /^of\/hindsight\/[\w-]{22}\/[\w-]{22}\.[0-9a-f]{64}$/,
        )
        await media.remove(tenant, held)
      }
  })
})

it('lists links and folders that are not ours by their own names, and follows none', async () => {
  const media = await openMedia({ dataDir: folder, recordings: { kind: 'folder' } })
  const listed = () => Array.fromAsync(media.files(signal), ({ name, size }) => [name, size > 0] as const)
  expect(await listed()).toEqual([])
  const [ours, linked] = ['a'.repeat(22), 'b'.repeat(22)]
  const root = path.join(folder, 'recordings')
  for (const made of [`${ours}/deeper`, 'lost+found']) {
    await mkdir(path.join(root, made), { recursive: true })
    await writeFile(path.join(root, made, 'file'), 'x')
  }
  await symlink(path.join(root, ours), path.join(root, linked))
  await symlink(folder, path.join(root, ours, 'link'))
  expect((await listed()).toSorted()).toEqual([
    [`${ours}/deeper/`, false],
    [`${ours}/link`, true],
    [linked, true],
    ['lost+found/', false],
  ])
})

it('has the same names in both, so that a folder may be copied into a bucket as it is', async () => {
  const file = path.join(folder, 'a.webm')
  await writeFile(file, webm)
  const [inFolder, inBucket] = await Promise.all([
    openMedia({ dataDir: folder, recordings: { kind: 'folder' } }),
    openMedia({ dataDir: folder, recordings: { kind: 'bucket', ...s3.settings } }),
  ])
  const before = await s3.keys()
  expect(await inFolder.takeIn('Same', 'call', 'a.webm', file)).toEqual(
    await inBucket.takeIn('Same', 'call', 'a.webm', file),
  )
  const [key] = (await s3.keys()).filter((one) => !before.includes(one))
  const files = await readdir(path.join(folder, 'recordings'), { recursive: true })
  expect(files).toContain(key?.slice('of/hindsight/'.length))
  await inBucket.close()
})
