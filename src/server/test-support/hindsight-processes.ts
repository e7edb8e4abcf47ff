/** `hindsight` as an operator runs it: real processes over one data folder, for tests. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

interface Printed {
  out: string
  err: string
}

interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly printed: Readonly<Printed>
  readonly ended: Promise<{ readonly code: number } & Printed>
}

export interface HindsightProcesses {
  start(args: readonly string[], env?: Record<string, string>): Started
  /** Runs to its end, with a text on standard input. */
  run(
    args: readonly string[],
    options?: { readonly env?: Record<string, string>; readonly input?: string },
  ): Started['ended']
  /** Kills what still runs. */
  end(): void
}

export function hindsightProcesses(dataDir: string): HindsightProcesses {
  const running: ChildProcess[] = []
  const start: HindsightProcesses['start'] = (args, env = {}) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
      // Nothing of the tester's own environment: a setting in it would be ours as well.
      env: { DATA_DIR: dataDir, PORT: '0', ...env },
    })
    running.push(child)
    const printed = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      printed.out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      printed.err += String(chunk)
    })
    const ended = once(child, 'close').then(([code]) => ({ code: Number(code), ...printed }))
    return { child, printed, ended }
  }
  return {
    start,
    run(args, { env = {}, input = '' } = {}) {
      const { child, ended } = start(args, env)
      child.stdin.end(input)
      return ended
    },
    end() {
      for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL')
    },
  }
}

/** @returns the address at which a started `serve` answers */
export async function untilReady({ child, printed }: Started): Promise<string> {
  while (!/ready[^\n]*: (\S+)\n/.test(printed.out)) await once(child.stdout, 'data')
  return /ready[^\n]*: (\S+)\n/.exec(printed.out)?.[1] ?? ''
}
