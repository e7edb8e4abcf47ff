/** The histories that are measured: generated, written as NDJSON, imported by the product's own command. */
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { EngagementV1 } from '../src/contract/model/engagement.ts'
import { foldEmail } from '../src/contract/query/param.ts'
import { writeEngagement } from '../src/contract/representation/json.ts'
import { benchEngagements } from '../src/server/demo/bench-engagements.ts'
import { openDatabase } from '../src/server/store/engine/sqlite/open-database.ts'
import { openStore } from '../src/server/store/open-store.ts'
import { shortId } from '../src/server/store/short-id.ts'
import { unknownStart } from '../src/server/store/start-key.ts'
import { hindsight, runProcess } from './process.ts'

export const benchTenant = 'Bench'
/** The last moment of every history, so that two runs measure the same rows. */
export const untilMs = Date.UTC(2026, 10, 22, 18)
export const spanDays = 365

/** Writes `count` engagements as NDJSON. */
export async function writeHistory(file: string, count: number): Promise<void> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 })
  for (const engagement of benchEngagements(count, untilMs, spanDays)) {
    if (!out.write(`${writeEngagement(engagement)}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

/** Imports a history with `hindsight import`. @returns rows a second of the whole command */
export async function importHistory(file: string, dataDir: string, count: number): Promise<number> {
  const { seconds } = await runProcess(hindsight('import', file, '--tenant', benchTenant), {
    DATA_DIR: dataDir,
  })
  return count / seconds
}

/**
 * The baseline of the import: the same rows into the same tables with the same indexes, by bare prepared inserts in one
 * transaction, the values made ready beforehand in slices that are not counted. @returns rows a second
 */
export async function insertBare(file: string, dataDir: string): Promise<number> {
  // The tables come from the product's own migrations; its statements are not used.
  await (await openStore({ dataDir })).close()
  const database = openDatabase(path.join(dataDir, 'hindsight.db'))
  const addDocument = database.prepare('insert into document (tenant, doc) values (1, ?)')
  const addEngagement = database.prepare(
    'insert into engagement (tenant, key, id, status, start_key, end_ms, duration) values (1, ?, ?, ?, ?, ?, ?)',
  )
  const addPerson = database.prepare('insert into person (tenant, email) values (1, ?)')
  const addParticipant = database.prepare(
    'insert into participant (person, engagement, id, status, start_key, end_ms, duration) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const people = new Map<string, number>()
  let rows = 0
  let countedMs = 0
  const counted = (act: () => void) => {
    const started = performance.now()
    act()
    countedMs += performance.now() - started
  }

  counted(() => database.exec("insert into tenant (key, name) values (1, 'Bench'); begin"))
  for await (const slice of slices(file, 20_000)) {
    const ready = slice.map((line) => {
      const { id = '', status, startDate, endDate, duration, users = [] }: EngagementV1 = JSON.parse(line)
      return {
        doc: line,
        short: shortId(id),
        status: status === 'successful' ? 1 : 0,
        start: startDate === undefined ? unknownStart : Date.parse(startDate),
        end: endDate === undefined ? null : Date.parse(endDate),
        duration: duration ?? null,
        emails: [...new Set(users.map(({ uri = '' }) => foldEmail(uri)))],
      }
    })
    rows += ready.length
    counted(() => {
      for (const { doc, short, status, start, end, duration, emails } of ready) {
        const key = addDocument.run(doc).lastInsertRowid
        addEngagement.run(key, short, status, start, end, duration)
        for (const email of emails) {
          let person = people.get(email)
          if (person === undefined) {
            person = Number(addPerson.run(email).lastInsertRowid)
            people.set(email, person)
          }
          addParticipant.run(person, key, short, status, start, end, duration)
        }
      }
    })
  }
  counted(() => database.exec('commit'))
  database.close()
  return rows / (countedMs / 1000)
}

async function* slices(file: string, size: number): AsyncGenerator<string[]> {
  let slice: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    slice.push(line)
    if (slice.length === size) {
      yield slice
      slice = []
    }
  }
  yield slice
}
