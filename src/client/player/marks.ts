/** Marking a part: A is always before B. */
import type { Marks } from './sync/transport-view.ts'

export const noMarks: Marks = { a: undefined, b: undefined }

/** Less than this is no part; it is also the least that a link, which has whole seconds, can carry. */
const leastSeconds = 1

/** A mark set beyond the other takes the other back: a part begins before it ends. */
export function setMark(marks: Marks, mark: 'a' | 'b', atSeconds: number): Marks {
  const next = { ...marks, [mark]: atSeconds }
  if (next.a === undefined || next.b === undefined || next.b - next.a >= leastSeconds) return next
  return { ...noMarks, [mark]: atSeconds }
}
