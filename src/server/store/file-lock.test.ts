/** What is taken in is not removed meanwhile, and the other way round, whoever does it. */
import { randomBytes } from 'node:crypto'
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { checkFiles } from '../media/check-files.ts'
import { MediaFailure } from '../media/media-failure.ts'
import { type MediaFolder, openMediaFolder } from '../media/media-folder.ts'
import { createLeftFileRemoval, removeLeftFiles } from '../media/remove-left-files.ts'
import { SourceFailure } from '../source/source-failure.ts'
import { hindsightProcesses } from '../test-support/hindsight-processes.ts'
import type { EngagementWriter, LeftFile } from './engagement-writer.ts'
import { sqliteFileLock } from './engine/sqlite/sqlite-file-lock.ts'
import { openStore } from './open-store.ts'
import type { Store } from './store.ts'

const removal = { atMs: 0, subject: undefined, address: '::1' }
let folder: string
let file: string
let media: MediaFolder
/** As two processes have it. */
let one: Store
let other: Store

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  file = path.join(folder, 'a.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(100)]))
  media = openMediaFolder(folder)
  one = await openStore({ dataDir: folder })
  other = await openStore({ dataDir: folder })
})
afterEach(async () => {
  await one.close()
  await other.close()
  await rm(folder, { recursive: true })
})

const takeIn = () => media.takeIn('T', 'call', 'a.webm', file)
const write = async (held: Awaited<ReturnType<typeof takeIn>>) =>
  one.writer.write('T', [{ engagement: { id: 'call', associateInitiated: false }, held: [held] }])

/** A file that was once taken in, and that no row names any more. */
async function leaveFile(): Promise<LeftFile> {
  await write(await takeIn())
  await one.writer.remove('T', 'call', removal)
  const [left] = await one.writer.leftFiles()
  if (left === undefined) throw new Error('none is left')
  return left
}

it('keeps what was left and is taken in anew, even when the removal had begun before the commit', async () => {
  const left = await leaveFile()
  const release = await one.writer.holdFiles()
  const held = await takeIn()
  const cleared = other.writer.clearLeftFile(left, () => media.remove('T', left))
  await write(held)
  release()
  expect(await cleared).toBe('cleared')
  await access(media.pathOf('T', held))
  expect(await other.writer.leftFiles()).toEqual([])
})

it('has whoever takes in wait for a removal under way, however slow the place is', async () => {
  const left = await leaveFile()
  const removing = Promise.withResolvers<void>()
  const slow = Promise.withResolvers<void>()
  const events: string[] = []
  const cleared = other.writer.clearLeftFile(left, async () => {
    removing.resolve()
    await slow.promise
    await media.remove('T', left)
    events.push('removed')
  })
  await removing.promise
  const taken = one.writer.holdFiles().then(async (release) => {
    events.push('taken in')
    await write(await takeIn())
    release()
  })
  // Nor does the store itself wait: statements of others go on.
  await one.writer.write('T', [{ engagement: { id: 'another', associateInitiated: false }, held: [] }])
  slow.resolve()
  await Promise.all([cleared, taken])
  expect(events).toEqual(['removed', 'taken in'])
  await access(media.pathOf('T', left))
})

it('puts a removal off where files are held for long, and leaves the file among those left', async () => {
  const left = await leaveFile()
  const lock = sqliteFileLock(folder, { unheldMs: 30, holdMs: 1000 })
  const first = await lock.hold()
  const second = await lock.hold()
  first()
  first()
  expect(await lock.whileUnheld(async () => expect.unreachable())).toBe(false)
  expect(await one.writer.leftFiles()).toEqual([left])
  second()
  let done = false
  await lock.whileUnheld(async () => {
    done = true
  })
  expect(done).toBe(true)
})

it('does what was put off once nobody holds files any more', async () => {
  const left = await leaveFile()
  const lock = sqliteFileLock(folder, { unheldMs: 20, holdMs: 1000 })
  const hasty: Pick<EngagementWriter, 'leftFiles' | 'clearLeftFile'> = {
    leftFiles: () => one.writer.leftFiles(),
    clearLeftFile: async (file, remove) =>
      (await lock.whileUnheld(async () => {})) ? one.writer.clearLeftFile(file, remove) : 'later',
  }
  const told: string[] = []
  const removal = createLeftFileRemoval(hasty, media, (error) => told.push(String(error)))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const release = await one.writer.holdFiles()
    await removal.run()
    await access(media.pathOf('T', left))
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => vi.getTimerCount(), { timeout: 10_000 }).toBe(1)
    release()
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => one.writer.leftFiles(), { timeout: 10_000 }).toEqual([])
    await expect(access(media.pathOf('T', left))).rejects.toThrow('ENOENT')
    expect(told).toEqual([expect.stringContaining('nothing is removed meanwhile')])
  } finally {
    vi.useRealTimers()
    removal.end()
  }
})

it('removes within an hour what others have left', async () => {
  const removal = createLeftFileRemoval(other.writer, media, () => expect.unreachable())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await removal.run()
    const left = await leaveFile()
    vi.advanceTimersByTime(3_600_000)
    await expect.poll(() => one.writer.leftFiles()).toEqual([])
    await expect(access(media.pathOf('T', left))).rejects.toThrow('ENOENT')
  } finally {
    vi.useRealTimers()
    removal.end()
  }
})

it('goes on with what is left once a database that failed meanwhile answers again', async () => {
  await leaveFile()
  let fails: 'leftFiles' | 'clearLeftFile' | undefined = 'leftFiles'
  const unlessItFails = <Answer>(of: typeof fails, ask: () => Promise<Answer>) =>
    fails === of ? Promise.reject(new SourceFailure('no-database', 'it is away')) : ask()
  const away: Pick<EngagementWriter, 'leftFiles' | 'clearLeftFile'> = {
    leftFiles: () => unlessItFails('leftFiles', () => one.writer.leftFiles()),
    clearLeftFile: (...given) => unlessItFails('clearLeftFile', () => one.writer.clearLeftFile(...given)),
  }
  const told: string[] = []
  const removal = createLeftFileRemoval(away, media, (error) => told.push(String(error)))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await removal.run()
    fails = 'clearLeftFile'
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => vi.getTimerCount()).toBe(1)
    fails = undefined
    vi.advanceTimersByTime(30_000)
    await expect.poll(() => one.writer.leftFiles()).toEqual([])
    expect(told).toEqual(Array(2).fill(expect.stringContaining('it is away')))
  } finally {
    vi.useRealTimers()
    removal.end()
  }
})

it('asks a place that does not answer once, not for every file', async () => {
  await leaveFile()
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(100)]))
  await leaveFile()
  expect(await one.writer.leftFiles()).toHaveLength(2)
  let asked = 0
  const remove = async () => {
    asked++
    throw new MediaFailure('unavailable', 'it is down')
  }
  const told: unknown[] = []
  const removed = removeLeftFiles(one.writer, { ...media, remove }, (error) => told.push(error))
  expect(await removed).toBe('later')
  expect([asked, told.length]).toEqual([1, 1])
  expect(await removeLeftFiles(one.writer, media, () => expect.unreachable())).toBe('done')
})

it('lets a removal go before those who would hold files after it', async () => {
  const lock = sqliteFileLock(folder)
  const events: string[] = []
  const first = await lock.hold()
  const removed = lock.whileUnheld(async () => {
    events.push('removed')
  })
  const next = lock.hold().then((release) => {
    events.push('held')
    release()
  })
  first()
  await Promise.all([removed, next])
  expect(events).toEqual(['removed', 'held'])
})

it('lets go when an act fails', async () => {
  const left = await leaveFile()
  const broken = async () => {
    throw new Error('read-only')
  }
  await expect(one.writer.clearLeftFile(left, broken)).rejects.toThrow('read-only')
  expect(await one.writer.leftFiles()).toEqual([left])
  expect(await one.writer.clearLeftFile(left, () => media.remove('T', left))).toBe('cleared')
  await expect(access(media.pathOf('T', left))).rejects.toThrow('ENOENT')
})

it('is let go of with a process that is killed, whose file is removed once it is old', async () => {
  const hindsight = hindsightProcesses(folder)
  const writer = new DatabaseSync(path.join(folder, 'hindsight.db'))
  try {
    const { child, ended } = hindsight.start(['import', '-', '--tenant', 'T', '--recordings', folder])
    child.stdin.write('{"id":"call","recordings":[{"uri":"a.webm"}]}\n')
    const files = () => readdir(path.join(folder, 'recordings'), { recursive: true }).catch(() => [])
    await expect.poll(files, { timeout: 10_000 }).toHaveLength(2)
    // It waits for whoever writes, and holds what it took in.
    writer.exec('begin immediate')
    child.stdin.end()
    const lock = sqliteFileLock(folder, { unheldMs: 0, holdMs: 1000 })
    await expect.poll(() => lock.whileUnheld(async () => {}), { timeout: 10_000 }).toBe(false)
    child.kill('SIGKILL')
    await ended
    expect(await lock.whileUnheld(async () => {})).toBe(true)
    writer.exec('rollback')
    await one.writer.write('T', [{ engagement: { id: 'another', associateInitiated: false }, held: [] }])
    const { signal } = new AbortController()
    const check = (nowMs: number) => checkFiles(one, media, { repair: true, nowMs, signal })
    expect(await check(Date.now())).toEqual({ told: [], settled: 0, left: 0 })
    expect(await check(Date.now() + 2 * 86_400_000)).toMatchObject({ settled: 1, left: 0 })
    expect(await files()).toHaveLength(1)
  } finally {
    writer.close()
    await hindsight.end()
  }
})
