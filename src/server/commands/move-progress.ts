/** How far a move is, or a backup or restore that goes the way of one. */
import { createProgressLine, type ProgressOutput } from '../import/progress-line.ts'
import type { MoveProgress } from '../store/history/move-history.ts'

/** @param act such as `moving` */
export function createMoveProgress(output: ProgressOutput, act: string): MoveProgress & { done(): void } {
  const line = createProgressLine(output)
  let total = 0
  const phase = (what: string, of: () => number) => {
    let begunMs: number | undefined
    let count = 0
    return (engagements: number) => {
      begunMs ??= Date.now()
      count += engagements
      const begun = begunMs
      line.tell((nowMs) => {
        const perSecond = (count / Math.max(1, nowMs - begun)) * 1000
        const left = Math.ceil((of() - count) / Math.max(1, perSecond))
        return `${what}: ${count} of ${of()} engagements · ${Math.round(perSecond)}/s · ${timeOf(left)} left`
      })
    }
  }
  return {
    total(engagements) {
      total = engagements
    },
    moved: phase(act, () => total),
    // Both sides.
    compared: phase('comparing', () => total * 2),
    done: line.done,
  }
}

function timeOf(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
