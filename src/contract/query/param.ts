/**
 * The kinds a query parameter can be of. A parameter is declared once, with one of these; its parser, serialiser, type,
 * default, error texts and documentation all come from that declaration.
 */
import {
  type Bound,
  type EpochMs,
  escapedPlus,
  formatInstant,
  instantShape,
  parseInstant,
} from './instant.ts'

/** What was wrong with one parameter; the shape of `errors[]` in a problem. */
export interface ParamError {
  readonly parameter: string
  readonly value: string
  readonly message: string
}

type Wrong = { readonly wrong: string; readonly value?: string }

/**
 * One declared parameter. `parse` gets every text given under its name (one or more) and `serialize` gives them back:
 * `parse(serialize(v))` is `v`; a value equal to `fallback` serialises to nothing.
 */
export interface Param<T> {
  readonly kind: 'word' | 'words' | 'number' | 'emails' | 'instant' | 'text'
  readonly doc: string
  /** What would be accepted, in words, to stand after "expected". */
  readonly accepts: string
  readonly fallback: T
  readonly repeatable: boolean
  /** Refused where it is not given, by a rule of its query. */
  readonly needed?: true
  readonly words?: readonly string[]
  readonly min?: number
  readonly max?: number
  parse(texts: readonly string[]): { readonly ok: T } | Wrong
  serialize(value: T): readonly string[]
}

function single<T>(parse: (text: string) => { readonly ok: T } | Wrong): Param<T>['parse'] {
  return (texts) => {
    const [text = ''] = texts
    if (texts.length > 1) return { wrong: 'given more than once', value: texts.join(', ') }
    return parse(text)
  }
}

/** One of a few words; `blank`, where set, is what an empty value means. */
export function word<const W extends string, F extends NoInfer<W> | undefined>(
  words: readonly W[],
  fallback: F,
  doc: string,
  { blank }: { blank?: NoInfer<W> } = {},
): Param<W | F> {
  return {
    kind: 'word',
    doc,
    accepts: words.join(', ') + (blank === undefined ? '' : ' or blank'),
    fallback,
    repeatable: false,
    words,
    parse: single((text) => {
      if (text === '' && blank !== undefined) return { ok: blank }
      const found = words.find((known) => known === text)
      return found === undefined ? { wrong: 'unknown word' } : { ok: found }
    }),
    serialize: (value) => (value === undefined || value === fallback ? [] : [value]),
  }
}

/** Several of a few words, separated by commas and in the order given; absent: all of them, in the order declared. */
export function someWords<const W extends string>(words: readonly W[], doc: string): Param<readonly W[]> {
  const all = words.join(',')
  return {
    kind: 'words',
    doc,
    accepts: `one or more of ${words.join(', ')}, separated by commas`,
    fallback: words,
    repeatable: false,
    words,
    parse: single((text) => {
      const given = text.split(',')
      const known = words.filter((word) => given.includes(word))
      const unknown = given.find((one) => !known.some((word) => word === one))
      if (unknown !== undefined) return { wrong: 'unknown word', value: unknown }
      if (known.length < given.length) return { wrong: 'a word given more than once', value: text }
      return { ok: known.toSorted((a, b) => given.indexOf(a) - given.indexOf(b)) }
    }),
    serialize: (value) => (value.join(',') === all ? [] : [value.join(',')]),
  }
}

/** A whole number in plain decimal digits, `min` to `max` inclusive. */
export function wholeNumber<F extends number | undefined>(
  { min, max }: { min: number; max: number },
  fallback: F,
  doc: string,
): Param<number | F> {
  const open = max === Number.MAX_SAFE_INTEGER
  return {
    kind: 'number',
    doc,
    accepts: `a whole number from ${min} ${open ? 'up' : `to ${max}`}`,
    fallback,
    repeatable: false,
    min,
    max,
    parse: single((text) => {
      const value = Number(text)
      if (!/^\d{1,16}$/.test(text)) return { wrong: 'not a whole number in digits' }
      return value < min || value > max ? { wrong: 'out of bounds' } : { ok: value }
    }),
    serialize: (value) => (value === undefined || value === fallback ? [] : [String(value)]),
  }
}

// Deliberately loose: whether an address exists is for the history to tell, not for a pattern.
const emailShape = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u
const longestEmail = 320

/** The form in which email addresses are compared: letter case is ignored. */
export function foldEmail(email: string): string {
  return email.toLowerCase()
}

export function isEmail(text: string): boolean {
  return text.length <= longestEmail && emailShape.test(text)
}

/** Email addresses, the parameter repeated for each; folded, without doubles, in the order given. */
export function emails(most: number, doc: string): Param<readonly string[]> {
  return {
    kind: 'emails',
    doc,
    accepts: `an email address, the parameter repeated for several, at most ${most}`,
    fallback: [],
    repeatable: true,
    max: most,
    parse: (texts) => {
      if (texts.length > most)
        return { wrong: `given ${texts.length} times`, value: texts.slice(0, 3).join(', ') }
      const bad = texts.find((text) => !isEmail(text))
      if (bad !== undefined)
        return { wrong: `not an email address${bad.includes(' ') ? escapedPlus : ''}`, value: bad }
      return { ok: [...new Set(texts.map(foldEmail))] }
    },
    serialize: (value) => value,
  }
}

/** A date; a bare one means the first moment of its day for an `after` bound, the last for a `before` bound. */
export function instant(bound: Bound, doc: string): Param<EpochMs | undefined> {
  return {
    kind: 'instant',
    doc,
    accepts: instantShape,
    fallback: undefined,
    repeatable: false,
    parse: single((text) => {
      const value = parseInstant(text, bound)
      return typeof value === 'number' ? { ok: value } : value
    }),
    serialize: (value) => (value === undefined ? [] : [formatInstant(value)]),
  }
}

/** A moment to look back to: a date, a bare one meaning its last moment, or `now`, which only the answering side can date. */
export function momentOrNow(doc: string): Param<EpochMs | 'now' | undefined> {
  const date = instant('before', doc)
  return {
    ...date,
    accepts: `now or ${date.accepts}`,
    words: ['now'],
    parse: (texts) => (texts.length === 1 && texts[0] === 'now' ? { ok: 'now' } : date.parse(texts)),
    serialize: (value) => (value === 'now' ? ['now'] : date.serialize(value)),
  }
}

/** A short text, such as an identifier; `valid` narrows what is accepted. */
export function text(
  accepts: string,
  doc: string,
  { longest = 256, valid = () => true }: { longest?: number; valid?: (text: string) => boolean } = {},
): Param<string | undefined> {
  return {
    kind: 'text',
    doc,
    accepts,
    fallback: undefined,
    repeatable: false,
    max: longest,
    parse: single((given) =>
      given !== '' && given.length <= longest && valid(given) ? { ok: given } : { wrong: 'not accepted' },
    ),
    serialize: (value) => (value === undefined ? [] : [value]),
  }
}
