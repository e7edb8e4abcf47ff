/** How far an import is, on standard error: one line rewritten on a terminal, a line now and then elsewhere. */

interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export interface Progress {
  bytes(count: number): void
  rows(count: number): void
  /** Ends the line on a terminal. */
  done(): void
}

const everyMs = { terminal: 250, log: 5000 }

/** @param size of the file, bytes, where it is known */
export function createProgress(name: string, size: number | undefined, output: ProgressOutput): Progress {
  const started = Date.now()
  const pause = output.isTTY ? everyMs.terminal : everyMs.log
  let last = started
  let read = 0
  let told = false
  return {
    bytes(count) {
      read += count
    },
    rows(count) {
      const now = Date.now()
      if (now - last < pause) return
      last = now
      told = true
      const rate = Math.round((count / (now - started)) * 1000)
      const share =
        size === undefined || size === 0 ? '' : ` · ${Math.min(100, Math.round((read / size) * 100))} %`
      const text = `${name}: ${count} rows · ${rate} rows/s${share}`
      output.write(output.isTTY ? `\r${text}\u001b[K` : `${text}\n`)
    },
    done() {
      if (told && output.isTTY) output.write('\n')
    },
  }
}
