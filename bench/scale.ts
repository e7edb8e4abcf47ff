/**
 * `npm run bench:scale -- [--keep FOLDER] [ROWS …]`: what it costs that a history is long, at 100,000, 1,000,000 and 10,000,000
 * engagements unless told otherwise. Asked over HTTP, one request after another on one connection to a server each, the
 * histories in turn, so that what else the machine does falls on all of them alike. Ten million take half an hour and 10 GB;
 * `--keep` leaves the histories there, and measures those that are there already. Exits with 1 when a figure is not reached.
 * `--postgres` asks the same of a PostgreSQL that it starts, 100,000 and 1,000,000 unless told otherwise; nothing is asked of that
 * one's figures.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { countQuery } from '../src/contract/query/engagement-query.ts'
import { pathOf, routes } from '../src/contract/routes.ts'
import { createAccessTokens } from '../src/server/auth/access-tokens.ts'
import { createRandom } from '../src/server/demo/random.ts'
import { benchTenant } from './dataset.ts'
import { eachMs, quantile } from './load.ts'
import { createDatabase, startPostgres } from './postgres.ts'
import { hindsight, type Running, startProcess } from './process.ts'
import { type Figure, printReport, printTable, reached } from './report.ts'
import { firstPage, type QueryClass, queryClasses, sorts } from './scale-classes.ts'
import { type MadeHistory, makeHistory } from './scale-history.ts'

const secret = 'the secret of the benchmark, 32 characters and more'
const rounds = 10
const requestsARound = 20
/** A class that takes longer than this a request is asked less often, and so is each to warm up. */
const slowMs = 20
const fewRequests = 3

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'string' }, postgres: { type: 'boolean', default: false } },
})
if (options.postgres && options.keep !== undefined) throw new Error('--keep is of the embedded database')
const usualSizes = ['100000', '1000000', ...(options.postgres ? [] : ['10000000'])]
const sizes = (positionals.length > 0 ? positionals : usualSizes).map((text) => {
  const rows = Number(text)
  if (!Number.isSafeInteger(rows) || rows < 10)
    throw new Error(`ROWS are whole numbers from 10 on, not ${text}`)
  return rows
})

interface Measured {
  readonly rows: number
  readonly made: MadeHistory
  readonly server: Running
  /** How many engagements the API's defaults let through. */
  readonly matches: number
  /** By class, milliseconds. */
  readonly taken: Map<string, number[]>
  /** Of the first page, by the class beside which it was asked for. */
  readonly firstBeside: Map<string, number[]>
}

const isDeep = ({ name }: QueryClass) => name.includes('offset 90 %')
const isWhole = ({ kind, users }: QueryClass) => kind !== 'page' && !users
const isHeldToFirst = (one: QueryClass) => isDeep(one) || isWhole(one)
const firstClass = queryClasses.find(({ name }) => name === firstPage)

const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (text: string) => process.stdout.write(text)
const folder = options.keep ?? (await mkdtemp(path.join(tmpdir(), 'hindsight-scale-')))
const cluster = options.postgres ? await startPostgres() : undefined
const tokens = createAccessTokens(secret, { has: () => false })
const histories: Measured[] = []
try {
  for (const rows of sizes) histories.push(await open(rows))
  for (let round = 0; round <= rounds; round++) {
    say(round === 0 ? 'asking each once, to warm up …' : `measuring, round ${round} of ${rounds} …`)
    for (const one of queryClasses) for (const history of histories) await measure(history, one, round)
  }
} finally {
  for (const { server } of histories) await server.stop()
  await cluster?.stop()
  if (options.keep === undefined) await rm(folder, { recursive: true })
}

printTable(
  [
    ['milliseconds', ...sizes.flatMap((rows) => [`p50 of ${rows}`, 'p99'])],
    ...queryClasses.map(({ name }) => [
      name,
      ...histories.flatMap(({ taken }) =>
        [0.5, 0.99].map((share) => quantile(taken.get(name) ?? [], share).toFixed(2)),
      ),
    ]),
  ],
  print,
)
print('\n')
const figures = figuresOf(histories).map(cluster === undefined ? (figure) => figure : withoutBound)
printReport(figures, print)
if (!figures.every(reached)) process.exitCode = 1

function withoutBound({ bound: _, ...figure }: Figure): Figure {
  return figure
}

/** Made when they are needed: a token lives 20 minutes, making a history may take longer. */
async function newHeaders(): Promise<Record<string, string>> {
  const token = await tokens.issue({ tenant: benchTenant, subject: 'bench@x.example', role: 'supervisor' })
  // Every page is read anew: what keeping pages saves is told by `npm run bench`.
  return { authorization: `Bearer ${token}`, 'cache-control': 'no-cache' }
}

async function open(rows: number): Promise<Measured> {
  const dataDir = path.join(folder, String(rows))
  say(`a history of ${rows} engagements …`)
  const database = cluster && (await createDatabase(cluster, `of_${rows}`))
  const made = await makeHistory(dataDir, rows, database)
  const server = await startProcess(hindsight('serve'), {
    ...database?.env,
    SESSION_SECRET: secret,
    PORT: '0',
    DEMO: 'off',
    DATA_DIR: dataDir,
  })
  const count = pathOf(routes.count, { tenant: benchTenant }, countQuery.write(countQuery.defaults))
  const answer: unknown = await (await fetch(server.origin + count, { headers: await newHeaders() })).json()
  const matches = Number((answer as { count?: unknown }).count)
  if (!(matches > 0)) throw new Error(`${count} answered ${JSON.stringify(answer)}`)
  return { rows, made, server, matches, taken: new Map(), firstBeside: new Map() }
}

/**
 * The first round warms up, and is not counted. What is held to the first page is measured beside it, each time: a machine that
 * others use as well may be half as fast a few seconds later.
 */
async function measure(history: Measured, one: QueryClass, round: number): Promise<void> {
  const { matches, taken, firstBeside } = history
  const known = taken.get(one.name) ?? []
  const few = round === 0 || quantile(known, 0.5) > slowMs
  const random = createRandom(round)
  const ask = async (of: QueryClass) => {
    const addresses = Array.from(
      { length: few ? fewRequests : requestsARound },
      () => history.server.origin + of.address(random, matches),
    )
    return eachMs(addresses, await newHeaders())
  }
  const [now, first] = [
    await ask(one),
    firstClass !== undefined && isHeldToFirst(one) ? await ask(firstClass) : [],
  ]
  if (round === 0) return
  taken.set(one.name, [...known, ...now])
  firstBeside.set(one.name, [...(firstBeside.get(one.name) ?? []), ...first])
}

function figuresOf(measured: readonly Measured[]): Figure[] {
  const [least] = measured
  const most = measured.at(-1)
  if (least === undefined || most === undefined) return []
  const p50 = ({ taken }: Measured, name: string) => quantile(taken.get(name) ?? [], 0.5)
  const ms = (name: string) => `${p50(most, name).toFixed(2)} ms`
  const toFirst = (name: string) => p50(most, name) / quantile(most.firstBeside.get(name) ?? [], 0.5)
  const grown = [firstPage, ...sorts.slice(1).map((sort) => `page, ${sort}`), 'page, user']
  const deep = queryClasses.filter(isDeep)
  const whole = queryClasses.filter(isWhole)
  const [worst = firstPage] = queryClasses.map(({ name }) => name).sort((a, b) => p50(most, b) - p50(most, a))
  return [
    ...grown.map(
      (name): Figure => ({
        name: `${name}: p50 over ${most.rows} / over ${least.rows}`,
        measured: p50(most, name) / p50(least, name),
        bound: { kind: 'at most', value: 1.5 },
        remark: ms(name),
      }),
    ),
    ...deep.map(
      ({ name }): Figure => ({
        name: `${name} / first page beside it, p50 over ${most.rows}`,
        measured: toFirst(name),
        bound: { kind: 'at most', value: 3 },
        remark: ms(name),
      }),
    ),
    ...whole.map(
      ({ name }): Figure => ({
        name: `${name} / first page beside it, p50 over ${most.rows}`,
        measured: toFirst(name),
        bound: { kind: 'at most', value: 2 },
        remark: ms(name),
      }),
    ),
    {
      name: `worst of all over ${most.rows} (${worst}), p50, ms`,
      measured: p50(most, worst),
      bound: { kind: 'at most', value: 50 },
    },
    // Of a short import the last tenth is one batch and the end of the process: it is told, and not held to anything.
    ...measured.slice(0, -1).flatMap(({ made }) => importFigures(made).map(withoutBound)),
    ...importFigures(most.made),
  ]
}

function importFigures({
  rows,
  rowsPerSecond,
  residentMb,
  documentBytes,
  databaseBytes,
}: MadeHistory): Figure[] {
  const whole = rows / rowsPerSecond.reduce((seconds, rate) => seconds + rows / 10 / rate, 0)
  return [
    {
      name: `import of ${rows}: last tenth / first tenth, rows/s`,
      measured: (rowsPerSecond.at(-1) ?? 0) / (rowsPerSecond[0] ?? 0),
      bound: { kind: 'at least', value: 0.7 },
      remark: `${Math.round(whole)} rows/s; by tenths ${rowsPerSecond.map(Math.round).join(', ')}`,
    },
    {
      name: `import of ${rows}: resident megabytes at most`,
      measured: Math.max(...residentMb),
      bound: { kind: 'at most', value: 300 },
      remark: residentMb.map(Math.round).join(', '),
    },
    {
      name: `bytes on disk of ${rows} / bytes of their documents`,
      measured: databaseBytes / documentBytes,
      bound: { kind: 'at most', value: 1.6 },
      remark: `${Math.round(databaseBytes / 1e6)} / ${Math.round(documentBytes / 1e6)} MB`,
    },
  ]
}
