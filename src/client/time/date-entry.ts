/** Days as people write them: in the order of their own language, or as ISO 8601 has them, which is always read. */
import { rangeTexts } from '../texts/en/range.ts'

type Part = 'day' | 'month' | 'year'

export interface DateOrder {
  readonly parts: readonly [Part, Part, Part]
  readonly separator: string
}

export const isoOrder: DateOrder = { parts: ['year', 'month', 'day'], separator: '-' }

/** The order of a language such as `en-US`; always of our own calendar and digits. */
export function dateOrderOf(language: string): DateOrder {
  const format = new Intl.DateTimeFormat(language, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const written = format.formatToParts(0)
  const [first, second, third] = written.flatMap(({ type }) =>
    type === 'day' || type === 'month' || type === 'year' ? [type] : [],
  )
  if (first === undefined || second === undefined || third === undefined) return isoOrder
  // Some languages put marks of direction or spaces around; what stands between is enough to read by.
  const between = written.find(({ type }) => type === 'literal')?.value ?? '-'
  return { parts: [first, second, third], separator: /[./-]/.exec(between)?.[0] ?? '-' }
}

/** Such as `dd.mm.yyyy`, with the letters of the language of the texts. */
export function datePattern({ parts, separator }: DateOrder): string {
  const { letters } = rangeTexts()
  return parts.map((part) => letters[part]).join(separator)
}

/** @param day as ISO 8601 has it; empty: none */
export function writeDay(day: string, { parts, separator }: DateOrder): string {
  const [year, month, dayOfMonth] = day.split('-')
  if (year === undefined || month === undefined || dayOfMonth === undefined) return ''
  return parts.map((part) => ({ day: dayOfMonth, month, year })[part]).join(separator)
}

/** The day as ISO 8601 has it, empty where nothing was written, or what is wrong with the text. */
export function readDay(
  text: string,
  order: DateOrder,
): { readonly day: string } | { readonly wrong: string } {
  const latin = text.trim().replace(/\p{Nd}/gu, latinDigit)
  if (latin === '') return { day: '' }
  if (/^\d{4}-\d{2}-\d{2}$/.test(latin)) return existing(latin)
  const numbers = latin.split(/\D+/).filter((number) => number !== '')
  const texts = rangeTexts()
  const expected = texts.writeDay(datePattern(order))
  if (numbers.length !== 3 || /[^\d\s./\-,年月日\u200e\u200f]/.test(latin)) return { wrong: expected }
  const of = (part: Part) => numbers[order.parts.indexOf(part)] ?? ''
  if (of('year').length !== 4) return { wrong: texts.writeYear(datePattern(order)) }
  if (of('month').length > 2 || of('day').length > 2) return { wrong: expected }
  return existing(`${of('year')}-${of('month').padStart(2, '0')}-${of('day').padStart(2, '0')}`)
}

function existing(day: string): { readonly day: string } | { readonly wrong: string } {
  const at = Date.parse(`${day}T00:00:00Z`)
  // Date.parse turns 30 February into 2 March; only a day that reads back the same exists.
  const exists = !Number.isNaN(at) && new Date(at).toISOString().startsWith(`${day}T`)
  return exists ? { day } : { wrong: rangeTexts().noSuchDay }
}

/** Every script's ten digits stand in a row, the zero first (Unicode, section 4.6). */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}
