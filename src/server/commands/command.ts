/** What every command of `hindsight` looks like to `main.ts`. */
import type { Config } from '../config.ts'

export interface CommandContext {
  readonly config: Config
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** Aborted on SIGINT and SIGTERM: finish what is in flight, then return. */
  readonly signal: AbortSignal
}

/** Runs a command with the words after its name. @returns the exit code: 0 done, 1 done in part or failed. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>

/** The caller's words do not fit the command: `main.ts` prints the message and the usage and exits with 2. */
export class UsageError extends Error {}
