/**
 * The baseline: bare `node:http` over the same database with the same statements, no framework, no authentication, no
 * validation. `/ready/…` answers the same bytes from memory. Arguments: data folder, and a JSON file of the requests.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import type { SQLInputValue } from 'node:sqlite'
import { Kysely } from 'kysely'
import { writeEngagementList } from '../src/contract/representation/json.ts'
import { nodeSqliteDialect } from '../src/server/store/engine/sqlite/dialect.ts'
import { openDatabase } from '../src/server/store/engine/sqlite/open-database.ts'
import { type PageShape, pageStatement } from '../src/server/store/page-statement.ts'
import type { Tables } from '../src/server/store/schema.ts'
import { fill } from '../src/server/store/statement.ts'

/** One of the requests: the statement's shape, and the values for its slots. */
export interface LeanRequest {
  readonly shape: PageShape
  readonly values: Readonly<Record<string, SQLInputValue>>
  readonly limit: number
}

const [dataDir = '', requestsFile = ''] = process.argv.slice(2)
const requests: Record<string, LeanRequest> = JSON.parse(readFileSync(requestsFile, 'utf8'))
const database = openDatabase(path.join(dataDir, 'hindsight.db'))
const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(database) })

const answers = new Map<string, () => string | Buffer>()
for (const [name, { shape, values, limit }] of Object.entries(requests)) {
  const { sql, parameters } = pageStatement(db, shape)
  const statement = database.prepare(sql)
  statement.setReturnArrays(true)
  const bound = fill(parameters, values)
  const answer = () => {
    const documents = (statement.all(...bound) as unknown as SQLInputValue[][]).map((row) => String(row[0]))
    const hasMore = documents.length > limit
    if (hasMore) documents.pop()
    return writeEngagementList(hasMore, documents)
  }
  const ready = Buffer.from(answer())
  answers.set(`/lean/${name}`, answer)
  answers.set(`/ready/${name}`, () => ready)
}

const server = createServer((request, response) => {
  const answer = answers.get(request.url ?? '')
  if (answer === undefined) return response.writeHead(404).end()
  const body = answer()
  return response
    .writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    })
    .end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`ready: http://127.0.0.1:${port}\n`)
})
process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => database.close())
})
