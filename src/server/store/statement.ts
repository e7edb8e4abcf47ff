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

/** @throws when a slot has no value: a mistake of ours, not of the caller's */
export function fill<V>(parameters: Template['parameters'], values: Readonly<Record<string, V>>): V[] {
  return parameters.map((parameter) => {
    if (!(parameter instanceof Slot)) return parameter as V
    const value = values[parameter.name]
    if (value === undefined) throw new Error(`No value for the slot ${parameter.name}`)
    return value
  })
}
