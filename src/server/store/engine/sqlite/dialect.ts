/** Kysely over `node:sqlite`: one connection, used by one transaction at a time. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'

/** How a statement is run: at once, or again and again until no other process writes. */
type Run = <T>(statement: () => T) => T | Promise<T>

export function nodeSqliteDialect(database: DatabaseSync, run: Run = (statement) => statement()): Dialect {
  return {
    createAdapter: () => new NodeSqliteAdapter(),
    createDriver: () => new NodeSqliteDriver(database, run),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

/** Kysely thinks of SQLite as less than it is: https://www.sqlite.org/lang_transaction.html */
class NodeSqliteAdapter extends SqliteAdapter {
  /** So that migrations are one transaction: of processes that start at once one migrates, and the others find it done. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class NodeSqliteDriver implements Driver {
  readonly #connection: NodeSqliteConnection
  readonly #waiting: (() => void)[] = []
  #taken = false

  constructor(database: DatabaseSync, run: Run) {
    this.#connection = new NodeSqliteConnection(database, run)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#taken = true
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#taken = false
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  /** The connection is closed by who opened it: the hot statements share it. */
  async destroy(): Promise<void> {}
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #run: Run

  constructor(database: DatabaseSync, run: Run) {
    this.#database = database
    this.#run = run
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#run(() => {
      const statement = this.#database.prepare(query.sql)
      const parameters = query.parameters as SQLInputValue[]
      if (returnsRows(statement)) return { rows: statement.all(...parameters) as Row[] }
      const { changes, lastInsertRowid } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
    })
  }

  // biome-ignore lint/correctness/useYield: nothing of ours streams; Kysely's interface wants the method
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streaming is not offered by this connection')
  }
}

function returnsRows(statement: StatementSync): boolean {
  return statement.columns().length > 0
}
