/** Processes that others started, by the system's own table. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

interface Entry {
  readonly pid: number
  readonly parent: number
  /** `Z`: it has ended, and nobody has asked how. */
  readonly state: string
}

export function childrenOf(pid: number): readonly number[] {
  return table().flatMap((entry) => (entry.parent === pid ? [entry.pid] : []))
}

export function anyRuns(pids: readonly number[]): boolean {
  return table().some(({ pid, state }) => pids.includes(pid) && !state.startsWith('Z'))
}

/** One that has ended by itself meanwhile is as good as any. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
    }
  }
}

function table(): readonly Entry[] {
  if (existsSync('/proc/self/stat'))
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? fromStat(Number(name)) : []))
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,state='], { encoding: 'utf8' })
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, state = ''] = line.trim().split(/\s+/)
      return { pid: Number(pid), parent: Number(parent), state }
    })
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name, in parentheses, may hold anything. */
function fromStat(pid: number): Entry[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return [{ pid, parent: Number(parent), state }]
  } catch {
    // It has ended since it was listed.
    return []
  }
}
