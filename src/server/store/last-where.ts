/** The last whole number from `low` to `high` of which something is true that is true of `low`, and of none after the first of which it is not. */
export function lastWhere(low: number, high: number, holds: (at: number) => boolean): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = Math.ceil((from + to) / 2)
    if (holds(middle)) from = middle
    else to = middle - 1
  }
  return from
}
