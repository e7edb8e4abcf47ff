/** Backing up and restoring as an operator does it. */
import { createHash, randomBytes } from 'node:crypto'
import {
  copyFile,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engagementQuery } from '../../contract/query/engagement-query.ts'
import { embeddedDatabase } from '../backup/backed-database.ts'
import { makeBackup } from '../backup/make-backup.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { readConfig } from '../config.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { openMedia } from '../media/open-media.ts'
import type { EngagementWriter, HeldRecording, IncomingEngagement } from '../store/engagement-writer.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type HindsightProcesses, hindsightProcesses } from '../test-support/hindsight-processes.ts'
import { runCommand } from '../test-support/run-command.ts'
import { startS3Store } from '../test-support/s3-store.ts'
import { backupCommand } from './backup.ts'
import type { Command } from './command.ts'
import { restoreCommand } from './restore.ts'

const rowsABatch = 100
const signal = new AbortController().signal
let folder: string
let dataDir: string
let to: string
let store: Store
let hindsight: HindsightProcesses

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  dataDir = path.join(folder, 'data')
  to = path.join(folder, 'backup')
  store = await openStore({ dataDir })
  hindsight = hindsightProcesses(dataDir)
})
afterEach(async () => {
  await hindsight.end()
  await store.close()
  await rm(folder, { recursive: true })
})

async function takeIn(name: string): Promise<HeldRecording> {
  const file = path.join(folder, 'taken.webm')
  await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(5000)]))
  return openMediaFolder(dataDir).takeIn('T', name, 'a.webm', file)
}

/** Rows that belong together, one of them with a recording, as an import writes them. */
async function writeBatch(n: number, writer: EngagementWriter = store.writer): Promise<void> {
  const release = await writer.holdFiles()
  const held = await takeIn(`call ${n * rowsABatch}`)
  const batch = Array.from({ length: rowsABatch }, (_, row): IncomingEngagement => {
    const startMs = 1_790_000_000_000 + (n * rowsABatch + row) * 60_000
    return {
      engagement: {
        startDate: new Date(startMs).toISOString(),
        id: `call ${n * rowsABatch + row}`,
        users: [{ uri: `p${row % 7}@x.example` }],
        status: row % 3 === 0 ? 'unsuccessful' : 'successful',
        associateInitiated: false,
      },
      held: row === 0 ? [held] : [],
    }
  })
  await writer.write('T', batch)
  release()
}

const everything = { ...engagementQuery.defaults, status: 'all', sort: 'oldest' } as const

/** All that a data folder answers with: its documents, what it counts, and its recordings' hashes as read. */
async function answersOf(dir: string) {
  const other = await openStore({ dataDir: dir })
  const media = openMediaFolder(dir)
  try {
    const documents: string[] = []
    for await (const batch of other.source.batches('T', everything)) documents.push(...batch)
    const hashes: (readonly [told: string, read: string])[] = []
    for (let row = 0; row < documents.length; row += rowsABatch) {
      const id = media.idOf('T', `call ${row}`, 'a.webm')
      const held = await other.findRecording('T', id)
      if (held === undefined) throw new Error(`${id} is in no row`)
      const file = await media.openFile('T', held)
      hashes.push([
        held.sha256,
        createHash('sha256')
          .update(await file.readFile())
          .digest('hex'),
      ])
      await file.close()
    }
    return { documents, count: await other.source.count('T', everything), hashes }
  } finally {
    await other.close()
  }
}

const run = (command: Command, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommand(command, args, { DATA_DIR: dataDir, ...env })

const restore = (from: string, dir = path.join(folder, 'restored'), env = {}) =>
  run(restoreCommand, ['--from', from], { ...env, DATA_DIR: dir })

async function recordingFiles(): Promise<readonly string[]> {
  const names = await readdir(path.join(to, 'recordings'), { recursive: true })
  return names.filter((name) => name.includes(path.sep)).map((name) => path.join(to, 'recordings', name))
}

it('is of one moment while others write, and answers the same elsewhere', async () => {
  for (let n = 0; n < 20; n++) await writeBatch(n)
  const backup = hindsight.run(['backup', '--to', to])
  let done = false
  backup.finally(() => {
    done = true
  })
  let n = 20
  for (; !done; n++) await writeBatch(n)
  const made = await backup
  expect(made).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringMatching(/ \d+ recordings of \d+ bytes, 0 mis/),
  })
  // It could have been put off until they were ready; they wrote meanwhile.
  expect(n).toBeGreaterThan(21)
  const home = path.join(folder, 'restored')
  const brought = hindsight.run(['restore', '--from', to], { env: { DATA_DIR: home } })
  expect(await brought).toMatchObject({ code: 0, err: '' })
  const [live, restored] = [await answersOf(dataDir), await answersOf(home)]
  expect(restored.documents.length % rowsABatch).toBe(0)
  expect(restored.documents.length).toBeGreaterThanOrEqual(20 * rowsABatch)
  expect(restored.documents).toEqual(live.documents.slice(0, restored.documents.length))
  expect(restored.count).toEqual(restored.documents.length)
  expect(restored.hashes).toEqual(live.hashes.slice(0, restored.hashes.length))
  for (const [told, read] of restored.hashes) expect(read).toBe(told)
  expect((await readdir(to)).sort()).toEqual(['backup.json', 'hindsight.db', 'recordings'])
})

describe('of a backup', () => {
  let target: string

  beforeEach(async () => {
    for (const n of [0, 1]) await writeBatch(n)
    await makeBackup({
      database: embeddedDatabase(dataDir),
      dataDir,
      recordings: { kind: 'folder' },
      to,
      secret: 'kept out',
      bytes: 'linked',
      missing: () => expect.unreachable(),
      signal,
    })
    target = path.join(folder, 'restored')
  })

  /** Bytes of its own, where it was a link to those of the data folder. */
  async function change(file: string, at: number): Promise<void> {
    await copyFile(file, `${file}.own`)
    await rm(file)
    await copyFile(`${file}.own`, file)
    await rm(`${file}.own`)
    const handle = await open(file, 'r+')
    await handle.write(Buffer.from([0xa5]), 0, 1, at)
    await handle.close()
  }

  it.each<[string, () => Promise<unknown>, string]>([
    ['whose database was changed', () => change(path.join(to, 'hindsight.db'), 5000), 'other bytes'],
    ['whose database was cut off', () => truncate(path.join(to, 'hindsight.db'), 8192), 'other bytes'],
    ['without its database', () => rm(path.join(to, 'hindsight.db')), 'is missing'],
    ['with a changed recording', async () => change((await recordingFiles())[1] ?? '', 3000), 'other bytes'],
    ['that lacks a recording', async () => rm((await recordingFiles())[0] ?? ''), 'lacks 1; when made'],
    ['that was never whole', () => rm(path.join(to, 'backup.json')), 'is no backup'],
    [
      'of a kind from the future',
      () => writeFile(path.join(to, 'backup.json'), '{"format":2}'),
      'is no backup',
    ],
  ])('one %s is refused, and leaves nothing', async (_, spoil, why) => {
    await spoil()
    await expect(restoreBackup(to, target, 'folder', signal)).rejects.toThrow(why)
    expect(await readdir(target).catch(() => [])).toEqual([])
    // The original is none the worse.
    expect((await answersOf(dataDir)).count).toBe(2 * rowsABatch)
  })

  it('is put into an empty folder alone, also over what a killed restore left', async () => {
    const refused = await restore(to, dataDir)
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not empty: ') })
    await mkdir(path.join(target, 'restoring'), { recursive: true })
    await writeFile(path.join(target, 'restoring/hindsight.db'), 'half')
    await restoreBackup(to, target, 'folder', signal)
    expect(await answersOf(target)).toEqual(await answersOf(dataDir))
    await expect(restoreBackup(to, target, 'folder', signal)).rejects.toThrow('is not empty')
    await expect(restoreBackup(to, path.join(folder, 'other'), 'bucket', signal)).rejects.toThrow(
      'RECORDINGS_URL',
    )
  })

  it('does not change with the data folder, nor is it made twice in one place', async () => {
    await writeBatch(2)
    expect(await run(backupCommand, ['--to', to])).toEqual({
      code: 1,
      out: '',
      err: `${to} is there already\n`,
    })
    await restoreBackup(to, target, 'folder', signal)
    expect((await answersOf(target)).count).toBe(2 * rowsABatch)
  })
})

it('has the session secret only when asked for it, and says what it cannot be made of', async () => {
  expect(await run(backupCommand, ['--to', to, '--with-secret'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no session secret in'),
  })
  const secret = randomBytes(32).toString('base64url')
  await writeFile(path.join(dataDir, 'session-secret'), secret)
  expect(await run(backupCommand, ['--to', to, '--with-secret'])).toMatchObject({ code: 0 })
  expect(await restore(to)).toMatchObject({ code: 0 })
  const restored = path.join(folder, 'restored', 'session-secret')
  expect(await readFile(restored, 'utf8')).toBe(secret)
  expect((await stat(restored)).mode & 0o77).toBe(0)
  expect(await readFile(path.join(to, 'backup.json'), 'utf8')).not.toContain(secret)
})

it('tells what is missing in the data folder, and backs up the rest', async () => {
  await writeBatch(0)
  await writeBatch(1)
  const media = openMediaFolder(dataDir)
  const held = await store.findRecording('T', media.idOf('T', 'call 0', 'a.webm'))
  await rm(media.pathOf('T', held as HeldRecording))
  const made = await hindsight.run(['backup', '--to', to])
  expect(made).toMatchObject({
    code: 1,
    out: expect.stringContaining('1 recordings of 5008 bytes, 1 missing'),
  })
  expect(made.err).toContain(`The recording ${held?.id} of T is not in the backup: ENOENT`)
  expect(await restore(to)).toMatchObject({ code: 0, out: expect.stringContaining('with 1 recordings') })
})

it('leaves nothing behind where the disk is full, nor when it is interrupted', async () => {
  for (let n = 0; n < 10; n++) await writeBatch(n)
  const before = await readdir(folder)
  const limits = { fileKib: 64 }
  const { ended } = hindsight.start(['backup', '--to', to], {}, limits)
  expect(await ended).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/full|disk I\/O error|EFBIG/),
  })
  expect(await readdir(folder)).toEqual(before)
  const stopped = makeBackup({
    database: embeddedDatabase(dataDir),
    dataDir,
    recordings: { kind: 'folder' },
    to,
    secret: 'kept out',
    bytes: 'linked',
    missing: () => expect.unreachable(),
    signal: AbortSignal.abort(),
  })
  await expect(stopped).rejects.toThrow('aborted')
  expect(await readdir(folder)).toEqual(before)
})

it('has copies in place of links when asked for them, each compared with its hash', async () => {
  await writeBatch(0)
  await writeBatch(1)
  const media = openMediaFolder(dataDir)
  const held = (await store.findRecording('T', media.idOf('T', 'call 0', 'a.webm'))) as HeldRecording
  const file = await open(media.pathOf('T', held), 'r+')
  await file.write(Buffer.from([0xa5]), 0, 1, 4000)
  await file.close()
  expect(await run(backupCommand, ['--to', to, '--copy'])).toEqual({
    code: 1,
    out: expect.stringContaining('1 recordings of 5008 bytes, 1 missing'),
    err: `The recording ${held.id} of T is not in the backup: has other bytes than it should\n`,
  })
  const [copy = ''] = await recordingFiles()
  expect((await stat(copy)).nlink).toBe(1)
  expect(await restore(to)).toMatchObject({ code: 0 })
})

it('leaves recordings of a bucket where they are, and looks whether they are there', async () => {
  const s3 = await startS3Store()
  try {
    const file = path.join(folder, 'a.webm')
    await writeFile(file, Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(5000)]))
    const media = await openMedia(readConfig({ DATA_DIR: dataDir, ...s3.env }))
    const held = await media.takeIn('T', 'a', 'a.webm', file)
    await media.close()
    await store.writer.write('T', [{ engagement: { id: 'a', associateInitiated: false }, held: [held] }])
    expect(await run(backupCommand, ['--to', to], s3.env)).toEqual({
      code: 0,
      out: `${to}: the database; recordings are in ${s3.env.RECORDINGS_URL}\n`,
      err: '',
    })
    const bring = (dir: string) => restore(to, path.join(folder, dir), s3.env)
    expect(await bring('one')).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 recordings are in the bucket, 0 missing'),
    })
    expect(await restore(to)).toMatchObject({ code: 1, err: expect.stringContaining('RECORDINGS_URL') })
    s3.weather = { kind: 'status', status: 403, code: 'AccessDenied' }
    expect(await bring('two')).toMatchObject({ code: 1, out: expect.stringContaining('1 missing') })
  } finally {
    await s3.stop()
  }
})
