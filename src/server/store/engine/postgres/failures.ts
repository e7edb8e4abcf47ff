/** What may go wrong between us and PostgreSQL: https://www.postgresql.org/docs/18/errcodes-appendix.html */
import { DatabaseError } from 'pg'
import { noRoom } from '../../../source/no-room.ts'
import { SourceFailure } from '../../../source/source-failure.ts'

const retryAfterMs = 1000
/**
 * Connections that cannot be made or have ended, a server that starts, stops, is full or can only read, and statements that
 * took too long: all of it passes without anybody changing anything about the request.
 */
const passing = /^(08|53|57P|58)|^(25006|25P03|55P03|57014|40001|40P01)$/

const diskFull = '53100'

/** The server refused a statement, and goes on; anything else leaves a connection that nobody knows the state of. */
export function isOfStatement(error: unknown): boolean {
  return error instanceof DatabaseError && error.severity === 'ERROR'
}

/** @returns a failure to be told as such, where the database did not answer or will do so later; else the error as it is */
export function explained(error: unknown): unknown {
  if (error instanceof DatabaseError) {
    const { code = '', message } = error
    if (code === diskFull) return noRoom(`${code} ${message}`, error)
    return passing.test(code) ? noDatabase(`${code} ${message}`, error) : error
  }
  if (!(error instanceof Error) || error instanceof SourceFailure) return error
  const { code } = error as NodeJS.ErrnoException
  // pg has no codes for what it finds out by itself.
  const own = /timeout|Connection terminated|connection error|not queryable|closed/i.test(error.message)
  return own || (typeof code === 'string' && /^E[A-Z]+$/.test(code))
    ? noDatabase(code === undefined ? error.message : `${code} ${error.message}`, error)
    : error
}

export function noDatabase(why: string, cause?: unknown): SourceFailure {
  return new SourceFailure('no-database', `the database does not answer: ${why}`, { retryAfterMs, cause })
}
