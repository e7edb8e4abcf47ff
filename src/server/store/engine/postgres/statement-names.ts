/** Statements by what their text depends on. */
import type { Template } from '../../statement.ts'
import type { NamedStatement } from './transactions.ts'

/** Each connection keeps as many parsed ones; what comes later is parsed each time. */
const mostNamed = 256

export type NameStatement = (key: string, make: () => Template) => NamedStatement

export function createStatementNames(): NameStatement {
  const known = new Map<string, NamedStatement>()
  return (key, make) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const template = make()
    if (known.size >= mostNamed) return template
    const named = { ...template, name: `h${known.size}` }
    known.set(key, named)
    return named
  }
}
