/** How far a sync is, on standard error: rate, and the time left where the upstream counts. */
import { createProgressLine, type ProgressOutput } from '../import/progress-line.ts'

export interface SyncProgress {
  /** Of another round: it counts from nothing. */
  begin(): void
  /** So many rows are to come from here; undefined: nobody knows. */
  expect(rows: number | undefined): void
  rows(count: number): void
  bytes(count: number): void
  waiting(why: string, pauseMs: number): void
  done(): void
}

const secondMs = 1000
const mebibyte = 1024 * 1024

export function createSyncProgress(tenant: string, output: ProgressOutput, now = Date.now): SyncProgress {
  const line = createProgressLine(output)
  let startedMs = now()
  let rows = 0
  let bytes = 0
  let expected: number | undefined
  const tell = () =>
    line.tell((nowMs) => {
      const perSecond = rows / Math.max(0.001, (nowMs - startedMs) / secondMs)
      const left = expected === undefined ? undefined : Math.max(0, expected - rows)
      return [
        `${tenant}: ${rows}${expected === undefined ? '' : ` of ${Math.max(rows, expected)}`} rows`,
        `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} rows/s`,
        ...(bytes === 0 ? [] : [`${(bytes / mebibyte).toFixed(1)} MiB of recordings`]),
        ...(left === undefined || perSecond === 0 ? [] : [`${span(left / perSecond)} left`]),
      ].join(' · ')
    })
  return {
    begin() {
      startedMs = now()
      rows = 0
      bytes = 0
      expected = undefined
    },
    expect(more) {
      expected = more === undefined ? undefined : rows + more
    },
    rows(count) {
      rows += count
      tell()
    },
    bytes(count) {
      bytes += count
      tell()
    },
    waiting: (why, pauseMs) => line.say(`${tenant}: ${why}; asking again in ${span(pauseMs / secondMs)}`),
    done: line.done,
  }
}

/** `7 s`, `12 min`, `3 h 5 min` */
function span(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
