/** An import as an operator runs it: a real process, a real store. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const main = fileURLToPath(new URL('../hindsight.js', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hindsight-import-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function start(args: readonly string[]) {
  return spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'import', ...args, '--tenant', 'T'],
    { cwd: folder, env: { ...process.env, DATA_DIR: path.join(folder, 'data') } },
  )
}

async function run(args: readonly string[], input = '') {
  const child = start(args)
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    printed.out += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    printed.err += String(chunk)
  })
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code: Number(code), ...printed }
}

const row = (id: string, more: object = {}) => ({
  id,
  startDate: 1_790_000_000_000,
  endDate: 1_790_000_060_000,
  status: 'successful',
  ...more,
})
const lines = (rows: readonly object[]) => rows.map((each) => `${JSON.stringify(each)}\n`).join('')

it('changes nothing when run twice, and tells new, changed and unchanged apart', async () => {
  const file = path.join(folder, 'history.json')
  await writeFile(file, JSON.stringify({ engagements: [row('a'), row('b')], hasMore: false }))
  expect(await run([file])).toMatchObject({
    code: 0,
    out: `${file}: 2 new, 0 changed, 0 unchanged, 0 rejected\n`,
  })
  expect(await run([file])).toMatchObject({
    code: 0,
    out: `${file}: 0 new, 0 changed, 2 unchanged, 0 rejected\n`,
  })
  expect(await run(['-'], lines([row('b', { status: 'unsuccessful' }), row('c')]))).toMatchObject({
    code: 0,
    out: '-: 1 new, 1 changed, 0 unchanged, 0 rejected\n',
  })
})

it('puts rows that cannot be read aside, with line and reason, and exits with 1', async () => {
  const file = path.join(folder, 'history.ndjson')
  await writeFile(file, `${lines([row('a')])}{"id":}\n${lines([{ status: 'successful' }, row('d')])}`)
  const { code, out, err } = await run([file])
  expect({ code, out }).toEqual({ code: 1, out: `${file}: 2 new, 0 changed, 0 unchanged, 2 rejected\n` })
  expect(err).toContain(`${file}.rejects.ndjson`)
  const rejects = (await readFile(`${file}.rejects.ndjson`, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rejects).toEqual([
    expect.objectContaining({ line: 2, reason: expect.stringContaining('not JSON') }),
    expect.objectContaining({ line: 3, reason: expect.stringContaining('id: missing') }),
  ])
})

it('reads XML as it reads JSON', async () => {
  const rows = [row('a', { duration: 5, users: [{ uri: 'ana@x.example' }] }), row('b')]
  const fields = (each: (typeof rows)[number]) =>
    `<id>${each.id}</id><startDate>${each.startDate}</startDate><endDate>${each.endDate}</endDate><status>SUCCESSFUL</status>`
  const file = path.join(folder, 'history.xml')
  await writeFile(
    file,
    `<?xml version="1.0"?>
<engagementListV1><hasMore>false</hasMore>
<engagements>${fields(row('a'))}<duration>5</duration><users><uri>ana@x.example</uri></users></engagements>
<engagements>${fields(row('wrong'))}<duration>long</duration></engagements>
<engagements>${fields(row('b'))}</engagements>
</engagementListV1>`,
  )
  const { code, out } = await run([file])
  expect({ code, out }).toEqual({ code: 1, out: `${file}: 2 new, 0 changed, 0 unchanged, 1 rejected\n` })
  const [reject] = (await readFile(`${file}.rejects.ndjson`, 'utf8')).trim().split('\n')
  expect(JSON.parse(reject ?? '')).toMatchObject({
    line: 4,
    reason: 'duration: expected a number, zero or more, not "long"',
    row: { id: 'wrong' },
  })
  expect(await run(['-'], lines(rows))).toMatchObject({
    code: 0,
    out: '-: 0 new, 0 changed, 2 unchanged, 0 rejected\n',
  })
})

it('reads nothing of XML with a document type', async () => {
  const file = path.join(folder, 'bomb.xml')
  await writeFile(
    file,
    '<!DOCTYPE engagementListV1 [<!ENTITY x SYSTEM "file:///etc/hosts">]><engagementListV1><engagements><id>&x;</id></engagements></engagementListV1>',
  )
  const { code, out } = await run([file])
  expect({ code, out }).toEqual({ code: 1, out: `${file}: 0 new, 0 changed, 0 unchanged, 1 rejected\n` })
  expect(await readFile(`${file}.rejects.ndjson`, 'utf8')).toContain('<!DOCTYPE engagementListV1> is refused')
})

it('takes in recordings inside the folder, and nothing from outside it', async () => {
  const recordings = path.join(folder, 'recordings')
  await mkdir(recordings)
  await writeFile(path.join(folder, 'outside.webm'), Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]))
  await writeFile(path.join(recordings, 'held.webm'), Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]))
  await symlink(path.join(folder, 'outside.webm'), path.join(recordings, 'link.webm'))
  const uris = [
    'held.webm',
    '../outside.webm',
    'link.webm',
    'missing.webm',
    '/etc/hosts',
    'file:///etc/hosts',
  ]
  const rows = uris.map((uri, at) => row(`r${at}`, { recordings: [{ uri }] }))
  const file = path.join(folder, 'history.ndjson')
  await writeFile(file, lines([...rows, row('kept', { recordings: [{ uri: 'https://media.example/x' }] })]))
  const { code, out } = await run([file, '--recordings', recordings])
  expect({ code, out }).toEqual({ code: 1, out: `${file}: 2 new, 0 changed, 0 unchanged, 5 rejected\n` })
  const rejects = await readFile(`${file}.rejects.ndjson`, 'utf8')
  for (const uri of uris.slice(1)) expect(rejects).toContain(uri)
})

it('commits rows with recordings in batches as large as others', async () => {
  const recordings = path.join(folder, 'recordings')
  await mkdir(recordings)
  await writeFile(path.join(recordings, 'held.webm'), Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80]))
  // Several chunks of the file, of which each has a recording.
  const rows = Array.from({ length: 7000 }, (_, at) =>
    row(`r${at}`, at % 500 === 0 ? { recordings: [{ uri: 'held.webm' }] } : {}),
  )
  const file = path.join(folder, 'history.ndjson')
  await writeFile(file, lines(rows))
  expect((await stat(file)).size).toBeGreaterThan(2 * 256 * 1024)
  expect(await run([file, '--recordings', recordings])).toMatchObject({ code: 0 })
  const database = new DatabaseSync(path.join(folder, 'data', 'hindsight.db'), { readOnly: true })
  // Of each transaction that added engagements.
  expect(database.prepare('select count(*) as n from arrival').get()).toEqual({ n: 1 })
  database.close()
})

it('keeps what it had written when it is killed, and finishes when run again', async () => {
  const child = start(['-'])
  const all = Array.from({ length: 15_000 }, (_, at) => row(`k${at}`))
  child.stdin.on('error', () => undefined)
  // Standard input stays open: the process is killed with rows read that are in no commit yet.
  child.stdin.write(lines(all.slice(0, 14_000)))
  await untilStored(1)
  child.kill('SIGKILL')
  await once(child, 'close')
  const committed = stored()
  expect(checked()).toBe('ok')
  expect(committed).toBeLessThan(14_000)
  const { code, out } = await run(['-'], lines(all))
  expect(code).toBe(0)
  const [, added, unchanged] = /(\d+) new, 0 changed, (\d+) unchanged, 0 rejected/.exec(out) ?? []
  expect(Number(unchanged)).toBe(committed)
  expect(Number(added) + Number(unchanged)).toBe(15_000)
})

/** Returns once the store holds so many engagements; the test's own time limit ends the wait. */
async function untilStored(rows: number): Promise<void> {
  for (;;) {
    if (stored() >= rows) return
    await setTimeout(10)
  }
}

/** What SQLite finds when it goes over the whole file. */
function checked(): unknown {
  return read('pragma integrity_check', 'integrity_check')
}

function read(sql: string, column: string): unknown {
  const database = new DatabaseSync(path.join(folder, 'data', 'hindsight.db'), { readOnly: true })
  try {
    return database.prepare(sql).get()?.[column]
  } finally {
    database.close()
  }
}

function stored(): number {
  try {
    return Number(read('select count(*) as rows from engagement', 'rows'))
  } catch {
    // The process under test has not made its database yet.
    return 0
  }
}
