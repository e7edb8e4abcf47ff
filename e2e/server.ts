/** The real server as a child process, over a database of its own, on a free port of 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const readyWithinMs = 30_000

/** Where to go, and who to be there. */
export interface Door {
  readonly origin: string
  readonly tenant: string
  readonly email: string
  readonly password: string
}

export interface Server extends Door {
  readonly dataDir: string
  /** @throws when an answer was not as the API's description has it */
  stop(): Promise<void>
  /** Ends it at once, whatever is in flight. */
  kill(): Promise<void>
  /** Starts again on the same port and data, with other settings if given. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
  /** Ends the connections of recordings, as it does when nothing moves on them. @returns their addresses */
  letGo(): Promise<readonly string[]>
}

/** @param filled a data folder to start from; a copy of it is used */
export async function startServer(filled: string | undefined): Promise<Server> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-'))
  if (filled !== undefined) await cp(filled, dataDir, { recursive: true })
  let running = await launch(dataDir, '0', {})
  const { origin, tenant, email, password } = running
  const port = new URL(origin).port
  let stopped = false
  const stop = async () => {
    if (stopped) return
    stopped = true
    await end(running)
  }
  return {
    origin,
    tenant,
    email,
    password,
    dataDir,
    stop,
    async kill() {
      stopped = true
      await end(running, 'SIGKILL')
    },
    async start(env = {}) {
      await stop()
      running = await launch(dataDir, port, env)
      stopped = false
    },
    async letGo() {
      const told = /let go(.*)\n/
      const printed = untilPrinted(running.child, told)
      running.child.kill('SIGUSR2')
      return told.exec(await printed)?.[1]?.match(/\S+/g) ?? []
    },
  }
}

export async function removeServer(server: Server): Promise<void> {
  try {
    await server.stop()
  } finally {
    await rm(server.dataDir, { recursive: true })
  }
}

/** Runs a `hindsight` command to its end. @returns what it printed */
export async function hindsight(args: readonly string[], dataDir: string, input = ''): Promise<string> {
  const child = spawn(process.execPath, [...nodeFlags, ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`hindsight ${args.join(' ')} ended with ${code}`)
  return printed
}

/** The server tells of each answer that is not as its own description has it, on a descriptor of its own. */
const watchedInto = 3
const watchFile = pathToFileURL(path.join(root, 'src/server/test-support/watch-process.ts'))
const letGoFile = pathToFileURL(path.join(root, 'src/server/test-support/let-go.ts'))
const preloaded = ['--import', `${watchFile}?into=${watchedInto}`, '--import', String(letGoFile)]

/** A `hindsight` that serves, as it was started. */
export interface Running {
  readonly child: ChildProcess
  readonly wrong: readonly string[]
}

const nodeFlags = ['--disable-warning=ExperimentalWarning', path.join(root, 'src/server/hindsight.js')]

interface Launched extends Running, Door {}

/** The welcome is written in one piece, the password last. */
const withPassword = /ready[^:]*: [\s\S]*password +\S+\n/

/** @param welcome what it prints once it answers */
export async function launch(
  dataDir: string,
  port: string,
  env: Readonly<Record<string, string>>,
  command = 'serve',
  welcome = withPassword,
): Promise<Launched> {
  const child = spawn(process.execPath, [...preloaded, ...nodeFlags, command], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: port, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  })
  const wrong: string[] = []
  child.stdio[watchedInto]?.on('data', (chunk) => wrong.push(String(chunk)))
  const printed = await untilPrinted(child, welcome)
  const find = (pattern: RegExp) => pattern.exec(printed)?.[1] ?? ''
  return {
    child,
    wrong,
    origin: find(/ready[^:]*: (\S+)/),
    tenant: find(/tenant +(\S+)/),
    email: find(/email +(\S+)/),
    password: find(/password +(\S+)/),
  }
}

/** @returns what was printed by then */
export function untilPrinted(child: ChildProcess, what: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const late = setTimeout(
      () => reject(new Error(`The server was not ready in time; it printed: ${printed}`)),
      readyWithinMs,
    )
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk)
      if (what.test(printed)) {
        clearTimeout(late)
        resolve(printed)
      }
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}; it printed: ${printed}`)))
  })
}

export async function end(
  { child, wrong }: Running,
  signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<void> {
  if (child.exitCode === null) {
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.kill(signal)
    await ended
  }
  if (wrong.length > 0) throw new Error(`Not as described:\n${wrong.join('')}`)
}
