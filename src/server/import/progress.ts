/** How far an import is, on standard error. */
import { createProgressLine, type ProgressOutput } from './progress-line.ts'

export interface Progress {
  bytes(count: number): void
  rows(count: number): void
  /** Ends the line on a terminal. */
  done(): void
}

/** @param size of the file, bytes, where it is known */
export function createProgress(name: string, size: number | undefined, output: ProgressOutput): Progress {
  const started = Date.now()
  const line = createProgressLine(output)
  let read = 0
  return {
    bytes(count) {
      read += count
    },
    rows(count) {
      line.tell((now) => {
        const rate = Math.round((count / (now - started)) * 1000)
        const share =
          size === undefined || size === 0 ? '' : ` · ${Math.min(100, Math.round((read / size) * 100))} %`
        return `${name}: ${count} rows · ${rate} rows/s${share}`
      })
    },
    done: line.done,
  }
}
