/** A command of `hindsight` in this process, for tests: a process of its own takes a second to start. */
import { Readable, Writable } from 'node:stream'
import type { Command } from '../commands/command.ts'
import { readConfig } from '../config.ts'

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/**
 * @param env all of it: nothing of the tester's own is a setting
 * @param input on standard input
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<Ran> {
  const printed = { out: '', err: '' }
  const to = (name: keyof typeof printed) =>
    new Writable({
      write(chunk, _, done) {
        printed[name] += String(chunk)
        done()
      },
    })
  const { signal } = new AbortController()
  const context = {
    config: readConfig(env),
    stdin: Readable.from([input]),
    stdout: to('out'),
    stderr: to('err'),
  }
  return { code: await command(args, { ...context, signal }), ...printed }
}
