/** Declared parameters, put together to a query: read it, refuse it by name, write it back in one fixed order. */
import { nearestName } from './nearest-name.ts'
import type { Param, ParamError } from './param.ts'

// biome-ignore lint/suspicious/noExplicitAny: a set of parameters of any value types; each keeps its own through ValuesOf
export type Params = Readonly<Record<string, Param<any>>>

export type ValuesOf<P extends Params> = {
  readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never
}

/** A law of a parameter beside others, `given` being those that were named at all. `broken` says what is wrong with it, or nothing. */
export interface Rule<P extends Params> {
  readonly parameter: keyof P & string
  broken(values: ValuesOf<P>, given: ReadonlySet<string>): string | undefined
}

export interface QueryDefinition<P extends Params> {
  readonly params: P
  readonly defaults: ValuesOf<P>
  /**
   * Reads decoded name/value pairs. What is wrong is listed in `errors`, and `values` then holds the default in its
   * place: a strict reader (the API) refuses when there are errors, a kind one (the page) shows them and goes on.
   */
  read(entries: Iterable<readonly [string, string]>): {
    readonly values: ValuesOf<P>
    readonly errors: readonly ParamError[]
  }
  /** The pairs that read back as `values`: defaults left out, in the order of declaration. */
  write(values: ValuesOf<P>): [string, string][]
}

export function defineQuery<P extends Params>(
  params: P,
  rules: readonly Rule<P>[],
  /** Parameters that go into the URL with another one even at their default, such as `limit` with `offset`. */
  writtenWith: Partial<Record<keyof P & string, keyof P & string>> = {},
): QueryDefinition<P> {
  const names = Object.keys(params)
  const defaults = Object.fromEntries(names.map((name) => [name, params[name]?.fallback])) as ValuesOf<P>

  return {
    params,
    defaults,
    read(entries) {
      const texts = new Map<string, string[]>()
      for (const [name, value] of entries) {
        const known = texts.get(name)
        if (known) known.push(value)
        else texts.set(name, [value])
      }
      const errors: ParamError[] = []
      const values: Record<string, unknown> = { ...defaults }
      const given = new Set<string>()
      for (const [name, list] of texts) {
        const param = Object.hasOwn(params, name) ? params[name] : undefined
        if (param === undefined) {
          const message = `unknown parameter; ${instead(name, names)}`
          errors.push({ parameter: name, value: list[0] ?? '', message })
          continue
        }
        given.add(name)
        const result = param.parse(list)
        if ('ok' in result) {
          values[name] = result.ok
        } else {
          const message = `${result.wrong}; expected ${param.accepts}`
          errors.push({ parameter: name, value: result.value ?? list[0] ?? '', message })
        }
      }
      for (const rule of rules) {
        const wrong = rule.broken(values as ValuesOf<P>, given)
        if (wrong === undefined) continue
        const { parameter } = rule
        errors.push({ parameter, value: texts.get(parameter)?.[0] ?? '', message: wrong })
        // Later rules see it gone: what goes with it is told as well.
        values[parameter] = defaults[parameter]
      }
      return { values: values as ValuesOf<P>, errors }
    },
    write(values) {
      const pairs = names.map((name) => ({ name, texts: params[name]?.serialize(values[name]) ?? [] }))
      const written = new Set(pairs.filter(({ texts }) => texts.length > 0).map(({ name }) => name))
      return pairs.flatMap(({ name, texts }) => {
        const partner = writtenWith[name]
        const forced = texts.length === 0 && partner !== undefined && written.has(partner)
        return (forced ? [String(values[name])] : texts).map((text): [string, string] => [name, text])
      })
    },
  }
}

function instead(name: string, names: readonly string[]): string {
  const near = nearestName(name, names)
  if (near !== undefined) return `did you mean ${near}?`
  return names.length > 0 ? `known are ${names.join(', ')}` : 'there are none here'
}
