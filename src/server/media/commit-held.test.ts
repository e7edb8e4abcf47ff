/** Bytes are taken in while nobody waits, and are there when the row that names them is. */
import { randomBytes } from 'node:crypto'
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { commitHeld, type TakenIn } from './commit-held.ts'
import { type MediaFolder, openMediaFolder } from './media-folder.ts'
import { removeLeftFiles } from './remove-left-files.ts'

const removal = { atMs: 0, subject: undefined, address: '::1' }
let folder: string
let media: MediaFolder
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  await writeFile(path.join(folder, 'a.webm'), webm())
  media = openMediaFolder(folder)
  store = await openStore({ dataDir: folder })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const webm = () => Buffer.concat([Buffer.from('1a45dfa39f428681', 'hex'), randomBytes(100)])

async function take(id: string): Promise<TakenIn> {
  const held = await media.takeIn('T', id, 'a.webm', path.join(folder, 'a.webm'))
  return { engagement: { id, associateInitiated: false }, held: [held], known: [] }
}

/** @returns the ids that were taken in again */
async function commit(
  rows: readonly TakenIn[],
  again: (id: string) => Promise<TakenIn | undefined> = take,
): Promise<readonly string[]> {
  const asked: string[] = []
  const target = { tenant: 'T', writer: store.writer, media, findRecording: store.findRecording }
  await commitHeld(
    rows,
    {
      ...target,
      async again({ engagement: { id } }) {
        asked.push(id)
        return again(id)
      },
    },
    (whole) => store.writer.write('T', whole),
  )
  return asked
}

const clear = () => removeLeftFiles(store.writer, media, () => expect.unreachable())

it('takes in again what was removed between the taking in and the commit', async () => {
  expect(await commit([await take('a'), await take('b')])).toEqual([])
  await store.writer.remove('T', 'b', removal)
  const rows = [await take('a'), await take('b'), await take('c')]
  // It is left by what was removed, and nobody names it yet.
  expect(await clear()).toBe('done')
  expect(await commit(rows)).toEqual(['b'])
  expect(await clear()).toBe('done')
  for (const { held } of rows) for (const one of held) await access(media.pathOf('T', one))
})

it('writes nothing of what cannot be had again, and all the others', async () => {
  await commit([await take('a')])
  const [known] = (await take('a')).held
  if (known === undefined) throw new Error('none is held')
  const naming = (id: string) => ({
    engagement: { id, associateInitiated: false },
    held: [known],
    known: [known],
  })
  expect(await commit([naming('b'), await take('c')])).toEqual([])
  // Its file is there still, and yet it was removed for privacy's sake.
  await store.writer.remove('T', 'a', removal)
  await store.writer.remove('T', 'b', removal)
  expect(await commit([naming('d'), await take('e')], async () => undefined)).toEqual(['d'])
  expect(await store.source.engagement('T', 'd')).toBeUndefined()
  expect(await store.source.engagement('T', 'e')).toBeDefined()
})

it('does not ask twice for what was lost before', async () => {
  const row = await take('a')
  await commit([row])
  for (const one of row.held) await media.remove('T', one)
  expect(await commit([{ ...row, known: row.held, lost: row.held }])).toEqual([])
  expect(await commit([{ ...row, known: row.held }])).toEqual(['a'])
})

it('holds files for the commit alone', async () => {
  const rows = [await take('a')]
  const held: string[] = []
  const writer = {
    holdFiles: async () => {
      held.push('held')
      return () => void held.push('let go')
    },
  }
  const target = { tenant: 'T', writer, media, findRecording: store.findRecording, again: () => take('a') }
  await commitHeld(rows, target, async () => held.push('committed'))
  const bare: TakenIn = { engagement: { id: 'x', associateInitiated: false }, held: [], known: [] }
  await commitHeld([bare], target, async () => held.push('bare'))
  await expect(
    commitHeld(rows, target, async () => {
      throw new Error('no room')
    }),
  ).rejects.toThrow('no room')
  expect(held).toEqual(['held', 'committed', 'let go', 'bare', 'held', 'let go'])
})
