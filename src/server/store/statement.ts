/**
 * Statements that run thousands of times a second: built by Kysely once, then run as prepared text. A slot stands where a
 * value will be; `fill` puts the values in the order in which the text wants them.
 */
import type { Compilable } from 'kysely'

class Slot {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A hole in a query, typed as the value that will fill it. */
export function slot<T>(name: string): T {
  return new Slot(name) as T
}

export interface Template {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

export function template(query: Compilable): Template {
  const { sql, parameters } = query.compile()
  return { sql, parameters }
}

/** For the hottest statement: fills from values in the order of `names`, without looking any up by name. */
export function filler(
  parameters: Template['parameters'],
  names: readonly string[],
): <V>(values: readonly V[]) => V[] {
  const places = parameters.map((parameter) =>
    parameter instanceof Slot ? names.indexOf(parameter.name) : parameter,
  )
  if (places.some((place) => typeof place !== 'number' || place < 0))
    throw new Error(`A statement has parameters other than ${names.join(', ')}`)
  return (values) => (places as number[]).map((place) => values[place] as (typeof values)[number])
}

/** @throws when a slot has no value: a mistake of ours, not of the caller's */
export function fill<V>(parameters: Template['parameters'], values: Readonly<Record<string, V>>): V[] {
  const filled: V[] = []
  for (const parameter of parameters) {
    const value = parameter instanceof Slot ? values[parameter.name] : (parameter as V)
    if (value === undefined) throw new Error(`No value for the slot ${(parameter as Slot).name}`)
    filled.push(value)
  }
  return filled
}
