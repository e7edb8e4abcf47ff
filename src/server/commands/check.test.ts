/** `hindsight check` over a real data folder. */
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { openMediaFolder } from '../media/media-folder.ts'
import { openDatabase } from '../store/engine/sqlite/open-database.ts'
import { openStore } from '../store/open-store.ts'
import { checkCommand } from './check.ts'
import { UsageError } from './command.ts'

let folder: string
let recordings: string[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  const media = openMediaFolder(folder)
  const store = await openStore({ dataDir: folder })
  const file = path.join(folder, 'call.webm')
  await writeFile(file, 'ten bytes.')
  const held = [
    await media.takeIn('T', '1', 'call.webm', file, 'audio/webm'),
    await media.takeIn('T', '1', 'other.webm', file, 'audio/webm'),
  ]
  recordings = held.map((recording) => media.pathOf('T', recording))
  await store.writer.write('T', [
    { engagement: { id: '1', status: 'successful', associateInitiated: false, duration: 3 }, held },
  ])
  await store.close()
})
afterEach(() => rm(folder, { recursive: true }))

async function check(...args: string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const stdout = new PassThrough().on('data', (text) => {
    out += text
  })
  const stderr = new PassThrough()
  const config = { ...readConfig(), dataDir: folder }
  const signal = new AbortController().signal
  const code = await checkCommand(args, { config, stdin: new PassThrough(), stdout, stderr, signal })
  stdout.end()
  await finished(stdout)
  return { code, out }
}

function breakParts(): void {
  const database = openDatabase(path.join(folder, 'hindsight.db'))
  database.exec('update duration_part set engagements = 5')
  database.close()
}

it('says that nothing is wrong where nothing is', async () => {
  expect(await check()).toEqual({ code: 0, out: 'Nothing is wrong\n' })
})

it('names what is wrong, and changes nothing unless it is told to', async () => {
  breakParts()
  const told =
    'T, successful: kept parts of durations differ from the rows: from 0 s on 5 are kept, the rows are 1\n'
  expect(await check()).toEqual({ code: 1, out: told })
  expect(await check('--repair')).toEqual({
    code: 0,
    out: `${told}Counted days, engagements without a start, and parts of durations anew from the rows\nAll of it is repaired\n`,
  })
  expect(await check()).toMatchObject({ code: 0 })
})

it('names recordings whose files are gone or of another size, which no repair brings back', async () => {
  const [gone = '', cut = ''] = recordings
  await rm(gone)
  await truncate(cut, 4)
  breakParts()
  const { code, out } = await check('--repair')
  expect(code).toBe(1)
  expect(out).toContain('cannot be read: ENOENT')
  expect(out).toContain(gone)
  expect(out).toContain('has 4 bytes, 10 are told of it\n')
  expect(out).toContain('2 of these cannot be repaired from the rows\n')
})

it('refuses other words', async () => {
  await expect(check('--mend')).rejects.toThrow(UsageError)
  await expect(check('all')).rejects.toThrow(UsageError)
})
