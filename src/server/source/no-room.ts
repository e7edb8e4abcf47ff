/** A database without room for anything new: it reads on, and writes once there is room again. */
import { SourceFailure } from './source-failure.ts'

const retryAfterMs = 30_000
/** https://www.sqlite.org/rescode.html#full */
const sqliteFull = 13

export function noRoom(why: string, cause: unknown): SourceFailure {
  return new SourceFailure('no-room', `the database has no room left: ${why}`, { retryAfterMs, cause })
}

/** @returns the failure that an error of SQLite, or of the system, stands for; nothing: it is another */
export function noRoomOf(error: unknown): SourceFailure | undefined {
  if (!(error instanceof Error)) return undefined
  const full = 'errcode' in error && error.errcode === sqliteFull
  const noSpace = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  return full || noSpace ? noRoom(error.message, error) : undefined
}
