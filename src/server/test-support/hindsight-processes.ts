/** `hindsight` as an operator runs it: real processes over one data folder, for tests. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../hindsight.js', import.meta.url))
/** Node's, as the package's own script has them. */
const flags = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).scripts
    .hindsight as string
)
  .split(' ')
  .filter((word) => word.startsWith('--'))
/** Where the product keeps its compiled modules, for what is loaded before it can say so: its own entry, and the watch. */
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/hindsight', import.meta.url))
const watchInto = (file: string): readonly string[] => [
  '--import',
  new URL(`watch-process.ts?into=${encodeURIComponent(file)}`, import.meta.url).href,
]

interface Printed {
  out: string
  err: string
}

interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly printed: Readonly<Printed>
  readonly ended: Promise<{ readonly code: number } & Printed>
}

interface Limits {
  /** Files and connections together. */
  readonly openFiles?: number
  /** The size of each file, KiB: writing more fails, as on a disk that is full. */
  readonly fileKib?: number
}

export interface HindsightProcesses {
  start(args: readonly string[], env?: Record<string, string>, limits?: Limits): Started
  /** Runs to its end, with a text on standard input. */
  run(
    args: readonly string[],
    options?: { readonly env?: Record<string, string>; readonly input?: string },
  ): Started['ended']
  /** Kills what still runs. @throws when any of them gave an answer that is not as the API's description has it */
  end(): Promise<void>
}

/** @param common settings of all of them */
export function hindsightProcesses(
  dataDir: string,
  common: Readonly<Record<string, string>> = {},
): HindsightProcesses {
  const started: Started[] = []
  // A file, which workers have as well: descriptors beside the standard ones are not handed on to them.
  const watched = path.join(tmpdir(), `hindsight-watched-${randomUUID()}`)
  const start: HindsightProcesses['start'] = (args, env = {}, limits) => {
    // Who answers nobody need not wait for the description to be read.
    const preload = args[0] === 'serve' ? watchInto(watched) : []
    const node = [process.execPath, ...flags, ...preload, main, ...args]
    const limited = limits && ['-c', `${limiting(limits)} exec "$@"`, 'sh', ...node]
    const child = spawn(limited ? '/bin/sh' : process.execPath, limited ?? node.slice(1), {
      // Nothing of the tester's own environment: a setting in it would be ours as well.
      env: { NODE_COMPILE_CACHE: compiled, DATA_DIR: dataDir, PORT: '0', ...common, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const printed = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      printed.out += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      printed.err += String(chunk)
    })
    const ended = once(child, 'close').then(([code]) => ({ code: Number(code), ...printed }))
    const one = { child, printed, ended }
    started.push(one)
    return one
  }
  return {
    start,
    run(args, { env = {}, input = '' } = {}) {
      const { child, ended } = start(args, env)
      child.stdin.end(input)
      return ended
    },
    async end() {
      for (const { child } of started) if (child.exitCode === null) child.kill('SIGKILL')
      await Promise.all(started.splice(0).map(({ ended }) => ended))
      const wrong = existsSync(watched) ? readFileSync(watched, 'utf8') : ''
      rmSync(watched, { force: true })
      if (wrong !== '') throw new Error(`Not as described:\n${wrong}`)
    },
  }
}

/** Node raises the softer of each two limits by itself; `ulimit` lowers both. */
function limiting({ openFiles, fileKib }: Limits): string {
  const files = openFiles === undefined ? '' : `ulimit -n ${openFiles} &&`
  // In blocks of 512 bytes (POSIX). The signal would end the process before it sees that writing failed.
  const size = fileKib === undefined ? '' : `trap '' XFSZ && ulimit -f ${fileKib * 2} &&`
  return `${files} ${size}`
}

/** @returns the address at which a started `serve` answers */
export async function untilReady({ child, printed }: Started): Promise<string> {
  while (!/ready[^\n]*: (\S+)\n/.test(printed.out)) await once(child.stdout, 'data')
  return /ready[^\n]*: (\S+)\n/.exec(printed.out)?.[1] ?? ''
}
