/** A stretch of a recording in whole seconds, written `12-34`. */
import type { Param } from './param.ts'

/** From A to B, in seconds from the recording's start; A is before B. */
export interface SecondSpan {
  readonly fromSeconds: number
  readonly toSeconds: number
}

/** @param most the last second that may be named, inclusive */
export function secondSpan(most: number, doc: string): Param<SecondSpan | undefined> {
  return {
    kind: 'text',
    doc,
    accepts: `two whole seconds from 0 to ${most}, the earlier first, such as 12-34`,
    fallback: undefined,
    repeatable: false,
    parse: (texts) => {
      const [text = ''] = texts
      if (texts.length > 1) return { wrong: 'given more than once', value: texts.join(', ') }
      const [, from, to] = /^(\d{1,16})-(\d{1,16})$/.exec(text) ?? []
      if (from === undefined || to === undefined) return { wrong: 'not a span of seconds' }
      const span = { fromSeconds: Number(from), toSeconds: Number(to) }
      if (Math.max(span.fromSeconds, span.toSeconds) > most) return { wrong: 'out of bounds' }
      if (span.fromSeconds === span.toSeconds) return { wrong: 'it ends where it begins' }
      if (span.fromSeconds > span.toSeconds) return { wrong: 'it ends before it begins' }
      return { ok: span }
    },
    serialize: (span) => (span === undefined ? [] : [`${span.fromSeconds}-${span.toSeconds}`]),
  }
}
