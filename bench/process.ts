/** Servers under measurement run as processes of their own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import packageJson from '../package.json' with { type: 'json' }

const quietNode = '--disable-warning=ExperimentalWarning'

/** Hindsight as it is started: `node` and its flags as the package's own script has them. */
export function hindsight(...args: readonly string[]): readonly string[] {
  const [, ...flagsAndEntry] = packageJson.scripts.hindsight.split(' ')
  return [...flagsAndEntry, ...args]
}

export interface Running {
  readonly origin: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts a script and waits for the address it prints after `ready: `. */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child = spawn(process.execPath, [quietNode, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const origin = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += String(chunk)
      const address = /ready: (\S+)/.exec(printed)?.[1] ?? /: (http:\S+)/.exec(printed)?.[1]
      if (address !== undefined && printed.endsWith('\n')) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`${args[0]} ended with ${code}`)))
  })
  if (child.pid === undefined) throw new Error(`${args[0]} did not start`)
  return { origin, pid: child.pid, stop: () => end(child) }
}

/** Runs a script to its end. @returns what it printed, and how long it took, seconds */
export async function runProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly printed: string; readonly seconds: number }> {
  const started = performance.now()
  const child = spawn(process.execPath, [quietNode, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  let complained = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    complained = (complained + String(chunk)).slice(-2000)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${complained}`)
  return { printed, seconds: (performance.now() - started) / 1000 }
}

/** The most that a process ever held (`VmHWM`, man proc_pid_status), files mapped into it included; megabytes. */
export async function peakResidentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1000
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await ended
}
