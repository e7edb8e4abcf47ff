/** How far something is: one line rewritten on a terminal, a line now and then elsewhere. */

export interface ProgressOutput {
  readonly isTTY?: boolean
  write(text: string): unknown
}

export interface ProgressLine {
  /** Not every time: as often as somebody can read. */
  tell(text: (nowMs: number) => string): void
  /** A line of its own, at once. */
  say(text: string): void
  /** Ends the line on a terminal. */
  done(): void
}

const everyMs = { terminal: 250, log: 5000 }

export function createProgressLine(output: ProgressOutput): ProgressLine {
  const pause = output.isTTY ? everyMs.terminal : everyMs.log
  let last = Date.now()
  let told = false
  const done = () => {
    if (told && output.isTTY) output.write('\n')
    told = false
  }
  return {
    tell(text) {
      const now = Date.now()
      if (now - last < pause) return
      last = now
      told = true
      output.write(output.isTTY ? `\r${text(now)}\u001b[K` : `${text(now)}\n`)
    },
    say(text) {
      done()
      output.write(`${text}\n`)
    },
    done,
  }
}
