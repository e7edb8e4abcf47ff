import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyDatabase, damageIn } from './copy-database.ts'
import { openDatabase } from './open-database.ts'

const rows = 60_000
let folder: string
let file: string
let target: string
let database: DatabaseSync

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-'))
  file = path.join(folder, 'of.db')
  target = path.join(folder, 'copy.db')
  database = openDatabase(file)
  // Several times what is copied at once.
  database.exec('create table row (key integer primary key, text text)')
  database.exec(
    `insert into row (text) select hex(zeroblob(150)) from (with recursive n(i) as (values(1) union all select i + 1 from n where i < ${rows}) select i from n)`,
  )
})
afterEach(async () => {
  database.close()
  await rm(folder, { recursive: true })
})

function count(of: string): unknown {
  const copy = new DatabaseSync(of, { readOnly: true })
  try {
    return copy.prepare('select count(*) as n from row').get()?.n
  } finally {
    copy.close()
  }
}

it('keeps to the moment at which it began, however much is written meanwhile', async () => {
  let copying = true
  const copied = copyDatabase(file, target).finally(() => {
    copying = false
  })
  let written = 0
  for (; copying && written < 5000; written++) {
    database.exec("insert into row (text) values ('later')")
    await setImmediate()
  }
  await copied
  expect(count(target)).toBe(rows)
  expect(written).toBeGreaterThan(5)
  expect(count(file)).toBe(rows + written)
  expect(damageIn(target)).toBeUndefined()
  // One file by itself.
  expect((await readdir(folder)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
})

it('tells a database that is damaged', async () => {
  await copyDatabase(file, target)
  await truncate(target, 4 * 1024 * 1024)
  expect(damageIn(target)).toMatch(/malformed|Tree|page/)
})
