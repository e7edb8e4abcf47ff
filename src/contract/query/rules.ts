/** Laws that more than one query has. */
import type { Params, Rule } from './define-query.ts'
import type { EpochMs } from './instant.ts'

export function offsetNeedsLimit<P extends Params & { offset: unknown }>(): Rule<P> {
  return {
    parameter: 'offset',
    broken: (_, given) =>
      given.has('offset') && !given.has('limit')
        ? 'offset needs limit; expected both, such as limit=10&offset=20'
        : undefined,
  }
}

export function orderedRange<P extends Params>(before: keyof P & string, after: keyof P & string): Rule<P> {
  return {
    parameter: before,
    broken: (values) => {
      const from = values[after] as EpochMs | undefined
      const to = values[before] as EpochMs | undefined
      return from !== undefined && to !== undefined && to < from
        ? `the range ends before it begins; expected ${before} at or after ${after}`
        : undefined
    },
  }
}
