/** Histories of any length for the benchmarks, from the demo's own kind of call. */
import { type Call, makeCall } from './call.ts'
import { associates } from './people.ts'
import { createRandom } from './random.ts'

/** Somebody with as many calls as anybody. */
export const busyAssociate = associates[0]?.email ?? ''

/** `count` calls evenly over `spanDays` days up to `untilMs`, oldest first; the same every time. */
export function* benchEngagements(count: number, untilMs: number, spanDays: number): Generator<Call> {
  const random = createRandom(count)
  const stepMs = (spanDays * 86_400_000) / count
  for (let number = 0; number < count; number++) {
    const startMs = Math.floor((untilMs - (count - number) * stepMs) / 1000) * 1000
    yield makeCall(random, `B-${String(number).padStart(9, '0')}`, startMs, Number.POSITIVE_INFINITY)
  }
}
