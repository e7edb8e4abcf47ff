/** A page's query with every parameter stated, as saved views keep it, and back: whole, or refused in words. */
import { type StatedParameter, viewFormat } from '../model/view.ts'
import { type PageQuery, pageQuery } from './page-query.ts'

/** Where one stands in the rows, and what is open: not part of what is asked. */
const ofPlace: ReadonlySet<string> = new Set(['offset', 'open', 'rec', 't', 'span'])

/** What a view of format 1 states at least. Parameters that came later may be absent: nothing was filtered by them then. */
const always = [
  'status',
  'user',
  'startAfter',
  'startBefore',
  'endAfter',
  'endBefore',
  'asOf',
  'limit',
  'sort',
  'tz',
] as const satisfies readonly (keyof PageQuery)[]

/** Every parameter with its texts, those at their default as well. */
export function stateQuery(page: PageQuery): StatedParameter[] {
  return Object.entries(pageQuery.params)
    .filter(([name]) => !ofPlace.has(name))
    .map(([name, param]) => {
      const value: unknown = page[name as keyof PageQuery]
      const texts = param.serialize(value as never)
      const atDefault = texts.length === 0 && (typeof value === 'string' || typeof value === 'number')
      return { name, values: atDefault ? [String(value)] : [...texts] }
    })
}

export type StatedReading =
  | { readonly kind: 'read'; readonly page: PageQuery }
  /** `wrong` is a sentence; `parameter` is what it is about. */
  | { readonly kind: 'refused'; readonly parameter: string; readonly wrong: string }

/** Nothing is half applied: one thing that is not understood refuses the whole. */
export function readStated(format: number, parameters: readonly StatedParameter[]): StatedReading {
  const refused = (parameter: string, wrong: string) => ({ kind: 'refused', parameter, wrong }) as const
  if (format !== viewFormat)
    return refused(
      'format',
      `It has the format ${format}; this Hindsight knows the format ${viewFormat} alone.`,
    )
  const names = parameters.map(({ name }) => name)
  const unknown = names.find((name) => ofPlace.has(name) || !Object.hasOwn(pageQuery.params, name))
  if (unknown !== undefined)
    return refused(unknown, `It states ${unknown}, which is no parameter of a view in this Hindsight.`)
  const doubled = names.find((name, index) => names.indexOf(name) !== index)
  if (doubled !== undefined) return refused(doubled, `It states ${doubled} twice.`)
  const missing = always.find((name) => !names.includes(name))
  if (missing !== undefined) return refused(missing, `It does not state ${missing}.`)
  const blank = parameters.find(({ name, values }) => values.length === 0 && hasValue(name))?.name
  if (blank !== undefined) return refused(blank, `It states ${blank} without a value.`)
  const { values, errors } = pageQuery.read(
    parameters.flatMap(({ name, values: texts }) => texts.map((text) => [name, text] as const)),
  )
  const [error] = errors
  if (error !== undefined)
    return refused(error.parameter, `It states ${error.parameter}=${error.value}: ${error.message}.`)
  return { kind: 'read', page: values }
}

/** Of a parameter that always has a value: an empty list would be its default of today. */
function hasValue(name: string): boolean {
  const fallback: unknown = pageQuery.params[name as keyof PageQuery].fallback
  return typeof fallback === 'string' || typeof fallback === 'number'
}
