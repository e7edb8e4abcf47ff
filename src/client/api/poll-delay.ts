const shortestMs = 10_000
const longestMs = 120_000
const growth = 1.5

/** How long to wait before asking again whether anything is new, after so many answers, failed ones included. */
export function pollDelayMs(answers: number): number {
  return Math.min(longestMs, shortestMs * growth ** answers)
}
