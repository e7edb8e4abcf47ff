/** Kills a server and an import beside it, again and again, and looks each time whether what was acknowledged is there. */
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { checkCommand } from '../commands/check.ts'
import { userCommand } from '../commands/user.ts'
import { type HindsightProcesses, untilReady } from './hindsight-processes.ts'
import { runCommand } from './run-command.ts'

const rowsOfFile = 20
const filesOfRound = 50
const tenant = 'T'
const recordingName = 'call.webm'
const person = { email: 'fault@x.example', password: 'a password for faults' }

export interface KilledImports {
  /** Rows that an import had told of, or the server had counted, before both were killed. */
  readonly acknowledged: number
  /** How many of those were not there afterwards. */
  readonly lost: number
  /** Rows whose id another one has. */
  readonly duplicates: number
  /** What `hindsight check` says at the end. */
  readonly checked: string
}

/**
 * @param folder for the files to import
 * @param rounds how often both are killed
 * @param env of the processes: which database
 * @throws when a file was found written in part
 */
export async function killUnderImport(
  processes: HindsightProcesses,
  folder: string,
  rounds: number,
  env: Readonly<Record<string, string>>,
): Promise<KilledImports> {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, recordingName), Buffer.from('1a45dfa39f428681', 'hex'))
  const user = ['add', '--tenant', tenant, '--email', person.email, '--role', 'supervisor']
  await runCommand(userCommand, user, env, `${person.password}\n`)
  const serve = async () => {
    const started = processes.start(['serve'], { DEMO: 'off', LOG_LEVEL: 'warn', ...env })
    const origin = await untilReady(started)
    const get = await asker(origin)
    return { ...started, count: counter(get), ids: () => idsOf(get) }
  }
  const total = { acknowledged: 0, lost: 0 }
  let server = await serve()
  for (let round = 0; round < rounds; round++) {
    const files = await writeFiles(folder, round)
    const before = await server.count([])
    const importing = processes.start(['import', ...files, '--tenant', tenant, '--recordings', folder], env)
    const counted = { rows: 0 }
    const reader = readUntilGone(server.count, counted)
    await untilTold(importing, 1 + Math.floor(Math.random() * (filesOfRound - 1)))
    importing.child.kill('SIGKILL')
    server.child.kill('SIGKILL')
    await Promise.all([importing.ended, server.ended, reader])

    server = await serve()
    const told = importing.printed.out.split('\n').filter((line) => line.includes(`${rowsOfFile} new`)).length
    const there = await Promise.all(files.map((_, file) => server.count([emailOf(round, file)])))
    const broken = there.findIndex((rows) => rows !== 0 && rows !== rowsOfFile)
    if (broken >= 0) throw new Error(`${files[broken]} is there with ${there[broken]} of its rows`)
    const kept = there.slice(0, told).filter((rows) => rows === rowsOfFile).length
    const rows = (await server.count([])) - before
    total.acknowledged += Math.max(told * rowsOfFile, counted.rows - before)
    total.lost += (told - kept) * rowsOfFile + Math.max(0, counted.rows - before - rows)
  }
  const ids = await server.ids()
  server.child.kill('SIGTERM')
  await server.ended
  const { out, err } = await runCommand(checkCommand, [], env)
  return { ...total, duplicates: ids.length - new Set(ids).size, checked: `${out}${err}`.trim() }
}

function emailOf(round: number, file: number): string {
  return `round${round}-file${file}@x.example`
}

async function writeFiles(folder: string, round: number): Promise<readonly string[]> {
  const files = Array.from({ length: filesOfRound }, (_, file) =>
    path.join(folder, `${round}-${file}.ndjson`),
  )
  await Promise.all(
    files.map((name, file) => {
      const rows = Array.from({ length: rowsOfFile }, (_, row) => ({
        id: `${round}-${file}-${row}`,
        status: 'successful',
        startDate: 1_790_000_000_000 + ((round * filesOfRound + file) * rowsOfFile + row) * 60_000,
        duration: row,
        users: [{ uri: emailOf(round, file), association: 'CREATOR' }],
        // `check` says at the end whether each that is named is there.
        ...(row === 0 && file % 5 === 0 && { recordings: [{ uri: recordingName }] }),
      }))
      return writeFile(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    }),
  )
  return files
}

type Ask = (resource: string, query: URLSearchParams) => Promise<Response>
type Counter = (users: readonly string[]) => Promise<number>

async function asker(origin: string): Promise<Ask> {
  const basic = Buffer.from(`${person.email}:${person.password}`).toString('base64')
  const issued = await fetch(`${origin}/v1/auth/${tenant}?grant_type=password`, {
    headers: { authorization: `Basic ${basic}` },
  })
  if (!issued.ok) throw new Error(`No token: ${await issued.text()}`)
  const { access_token: token } = (await issued.json()) as { access_token: string }
  return async (resource, query) => {
    for (;;) {
      const answer = await fetch(`${origin}/v1/engagements/${resource}/${tenant}?${query}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      if (answer.ok) return answer
      // A busy machine's database answers later, and says so.
      if (answer.status !== 503) throw new Error(`No ${resource}: ${await answer.text()}`)
      await answer.body?.cancel()
      await delay(Number(answer.headers.get('retry-after')) * 1000)
    }
  }
}

function counter(ask: Ask): Counter {
  return async (users) => {
    const query = new URLSearchParams([['status', 'all'], ...users.map((user) => ['user', user])])
    return ((await (await ask('count', query)).json()) as { count: number }).count
  }
}

async function idsOf(ask: Ask): Promise<readonly string[]> {
  const query = new URLSearchParams({ status: 'all', format: 'ndjson', about: 'no' })
  const rows = (await (await ask('export', query)).text()).split('\n').filter((row) => row !== '')
  return rows.map((row) => JSON.parse(row).id)
}

/** Asks again and again, until the server is gone. */
async function readUntilGone(count: Counter, counted: { rows: number }): Promise<void> {
  try {
    for (;;) counted.rows = await count([])
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
}

/** @param files how many the import has to have told of */
async function untilTold(
  { child, printed, ended }: ReturnType<HindsightProcesses['start']>,
  files: number,
): Promise<void> {
  let over = false
  ended.then(() => {
    over = true
  })
  while (!over && printed.out.split('\n').length <= files)
    await Promise.race([once(child.stdout, 'data'), ended])
}
