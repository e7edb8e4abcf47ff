/** The log goes to standard error, so that standard output stays for people. */
import pino, { type Logger } from 'pino'
import type { Config } from '../config.ts'

export interface Log {
  readonly logger: Logger
  flush(): void
}

/** Lines are gathered for up to a second and then written at once, as Node writes to a pipe itself: handing them to another thread costs more than the write. */
const gathering = { fd: 2, sync: true, periodicFlush: 1000 }

export function openLog(level: Config['logLevel']): Log {
  return logInto(level, null, pino.destination({ ...gathering, minLength: 4096 }))
}

/**
 * For processes that share one standard error: each line says whose it is. What is written at once is no more than a pipe takes
 * in one piece, so that no line comes to stand inside of another: 4096 bytes on Linux (PIPE_BUF, man 7 pipe). Only a line that
 * is longer by itself may.
 */
export function openSharedLog(level: Config['logLevel']): Log {
  const destination = pino.destination({ ...gathering, minLength: 3072, maxWrite: 4096 })
  return logInto(level, { pid: process.pid }, destination)
}

function logInto(
  level: Config['logLevel'],
  base: { readonly pid: number } | null,
  destination: ReturnType<typeof pino.destination>,
): Log {
  // At once, as all its writes are. `flushSync` would try for ever where nobody reads any more (EPIPE).
  const flush = () => destination.flush()
  // Also of a process that ends by a mistake of ours: the lines before it tell what led to it.
  process.once('exit', flush)
  return { logger: pino({ level, base }, destination), flush }
}
