/** What a second worker gives and takes: one server with one process and one with two, over the same history, asked in turns. */
import { readFile } from 'node:fs/promises'
import { childrenOf } from '../src/server/test-support/process-table.ts'
import { median, requestsPerSecond, usualConnections } from './load.ts'
import { hindsight, type Running, startProcess } from './process.ts'
import type { Figure } from './report.ts'

const connections = 8 * usualConnections

interface HowMeasured {
  /** Of both servers. */
  readonly settings: Readonly<Record<string, string>>
  /** Path and query. */
  readonly asked: string
  readonly headers: Readonly<Record<string, string>>
  readonly rounds: number
  readonly roundSeconds: number
}

/** Whoever asks does so on the same cores: where the server has as many for itself, it answers more. */
export async function measureWorkers(how: HowMeasured): Promise<readonly Figure[]> {
  const one = await startMeasured(how.settings, 1)
  const two = await startMeasured(how.settings, 2)
  try {
    const rates: Record<'one' | 'two', Asked>[] = []
    for (let round = 0; round <= how.rounds; round++) {
      const asked = { one: await ask(one, how), two: await ask(two, how) }
      // The first round warms both up and is not counted.
      if (round > 0) rates.push(asked)
    }
    const middle = (of: (asked: (typeof rates)[number]) => number) => median(rates.map(of))
    const [oneMb, twoMb] = await Promise.all([ownMb(one.pid), ownMb(two.pid)])
    return [
      {
        name: `limit=100 with WORKERS=2 / with 1, requests/s over ${connections} connections, asked on the same cores`,
        measured: middle((asked) => asked.two.rate / asked.one.rate),
        remark: `${middle(({ two }) => two.rate).toFixed(0)} / ${middle(({ one }) => one.rate).toFixed(0)} requests/s`,
      },
      {
        name: 'processor time of the server a request, with WORKERS=2 / with 1',
        measured: middle((asked) => asked.two.cpuMs / asked.one.cpuMs),
        remark: `${middle(({ two }) => two.cpuMs).toFixed(3)} / ${middle(({ one }) => one.cpuMs).toFixed(3)} ms`,
      },
      {
        name: 'memory of their own with WORKERS=2 / with 1, after these, the process that starts them included',
        measured: twoMb / oneMb,
        remark: `${twoMb.toFixed(0)} / ${oneMb.toFixed(0)} MB; at rest ${two.atRestMb.toFixed(0)} / ${one.atRestMb.toFixed(0)} MB`,
      },
      {
        name: 'from the start until all answer, WORKERS=2 / 1',
        measured: two.startMs / one.startMs,
        remark: `${two.startMs.toFixed(0)} / ${one.startMs.toFixed(0)} ms, once`,
      },
    ]
  } finally {
    await Promise.all([one.stop(), two.stop()])
  }
}

interface Asked {
  /** Requests a second. */
  readonly rate: number
  /** Of the server, a request. */
  readonly cpuMs: number
}

async function ask({ origin, pid }: Running, { asked, headers, roundSeconds }: HowMeasured): Promise<Asked> {
  const before = await cpuMs(pid)
  const rate = await requestsPerSecond(origin + asked, roundSeconds, headers, { connections })
  return { rate, cpuMs: ((await cpuMs(pid)) - before) / (rate * roundSeconds) }
}

interface Measured extends Running {
  readonly startMs: number
  readonly atRestMb: number
}

async function startMeasured(settings: HowMeasured['settings'], workers: number): Promise<Measured> {
  const startedMs = performance.now()
  const running = await startProcess(hindsight('serve'), { ...settings, WORKERS: String(workers) })
  const startMs = performance.now() - startedMs
  return { ...running, startMs, atRestMb: await ownMb(running.pid) }
}

/** Of a process and those it started, without files that are mapped, which all have in common (`RssAnon`, man proc_pid_status); megabytes. */
function ownMb(pid: number): Promise<number> {
  return sumOf(pid, async (one) => {
    const status = await readFile(`/proc/${one}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1]) / 1000
  })
}

/** User and system time of the same, milliseconds; the system counts in hundredths of a second (man proc_pid_stat, fields 14 and 15). */
function cpuMs(pid: number): Promise<number> {
  return sumOf(pid, async (one) => {
    const stat = await readFile(`/proc/${one}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return 10 * (Number(user) + Number(system))
  })
}

async function sumOf(pid: number, read: (pid: number) => Promise<number>): Promise<number> {
  const each = await Promise.all([pid, ...childrenOf(pid)].map(read))
  return each.reduce((sum, one) => sum + one, 0)
}
