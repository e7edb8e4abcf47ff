/** Tenants by name. They are never renamed and never go, so that a key once read stays true. */

import { explained, isOfStatement } from './failures.ts'
import type { Connections } from './open-pool.ts'
import { escapeText } from './text-escape.ts'

export interface Tenants {
  /** Undefined: there is none of that name. */
  find(name: string): Promise<number | undefined>
  /** Which it has from then on. */
  make(name: string): Promise<number>
  all(): Promise<readonly { readonly key: number; readonly name: string }[]>
}

export function createTenants(pool: Connections): Tenants {
  const known = new Map<string, number>()
  const rows = async (text: string, values: readonly string[]) => {
    const client = await pool.connect({ urgent: true })
    let failed = true
    try {
      const found = await client.query<{ key: number; name: string }>(text, [...values])
      failed = false
      return found.rows
    } catch (error) {
      failed = !isOfStatement(error)
      throw explained(error)
    } finally {
      client.release(failed)
    }
  }
  const find = async (name: string) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const [row] = await rows('select key, name from tenant where name = $1', [escapeText(name)])
    if (row !== undefined) known.set(name, row.key)
    return row?.key
  }
  return {
    find,
    async make(name) {
      const there = await find(name)
      if (there !== undefined) return there
      await rows('insert into tenant (name) values ($1) on conflict do nothing', [escapeText(name)])
      const made = await find(name)
      if (made === undefined) throw new Error('A tenant that was just made is not there')
      return made
    },
    all: () => rows('select key, name from tenant order by key', []),
  }
}
