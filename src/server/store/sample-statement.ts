/**
 * The query behind a sample. Every row that matches gets a rank from its key and the seed, in one walk along the index that
 * counts use too; the lowest ranks are the sample. The rank is a random polynomial of the second degree over a prime
 * field: over all seeds each row is as likely to be drawn as any other, and the ranks of any three are independent, so that
 * neighbours in time are not drawn together. Nothing is kept, and whoever has the seed draws the same.
 */
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { EngagementSort } from '../../contract/query/engagement-query.ts'
import { type FilterShape, keyOf, matching } from './matching.ts'
import { sortOf } from './page-statement.ts'
import { statusCodes, type Tables } from './schema.ts'
import { startValue } from './start-key.ts'
import { slot, type Template, template } from './statement.ts'

/** 2^31 - 1. SQLite keeps its product with any key below 2^32 as a whole number; a larger one would become a fraction. */
const prime = 2_147_483_647n

export interface SampleShape extends FilterShape {
  readonly sort: EngagementSort
}

/** Slots: those of `matching`, `take`, and those of `seedValues`. Gives the documents in the order asked for. */
export function sampleStatement(db: Kysely<Tables>, shape: SampleShape): Template {
  const { column, direction } = sortOf(shape)
  const modulus = sql.lit(Number(prime))
  const key = keyOf(shape)
  const [a, b, c] = [slot('a'), slot('b'), slot('c')]
  const rank = sql<number>`((${a} * ${key} + ${b}) % ${modulus} * ${key} + ${c}) % ${modulus}`
  const at = column === 'start' ? startValue() : sql.ref<number | null>('duration')
  const rows = matching(db, shape, statusCodes[shape.status]).select([
    keyOf(shape).as('drawn'),
    rank.as('rank'),
    at.as('at'),
    'id',
  ])
  const drawn = (shape.users > 1 ? rows.distinct() : rows)
    .orderBy('rank')
    .orderBy('drawn')
    // An expression, as SQLite plans anew for every value of a bare parameter.
    .limit(sql<number>`+${slot('take')}`)
  return template(
    db
      .selectFrom(drawn.as('s'))
      .innerJoin('document as d', 'd.key', 's.drawn')
      .select('d.doc')
      .orderBy(sql`s.at is null`)
      .orderBy('s.at', direction)
      .orderBy('s.id', direction),
  )
}

/** The polynomial of a seed. Whole numbers to SQLite, which takes JavaScript's numbers for fractions. */
export function seedValues(seed: number): Record<'a' | 'b' | 'c', bigint> {
  const bytes = createHash('sha256').update(String(seed)).digest()
  const coefficient = (at: number) => bytes.readBigUInt64LE(at * 8) % prime
  return { a: coefficient(0), b: coefficient(1), c: coefficient(2) }
}
