/** Samples with prepared statements. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import type { SampleQuery } from '../../contract/query/engagement-query.ts'
import { filterShape, matchingValues } from './matching.ts'
import { type SampleShape, sampleStatement, seedValues } from './sample-statement.ts'
import type { Tables } from './schema.ts'
import { fill, type Template } from './statement.ts'

const keptStatements = 64

/** The parameters are those of `CountEngagements`. @returns documents */
export type SampleEngagements = (
  tenant: number,
  people: readonly number[],
  query: SampleQuery,
  lastKey: number | undefined,
) => string[]

export function createEngagementSampler(database: DatabaseSync, db: Kysely<Tables>): SampleEngagements {
  const kept = new Map<string, { statement: StatementSync; parameters: Template['parameters'] }>()
  const prepared = (shape: SampleShape) => {
    const key = Object.values(shape).join(' ')
    const known = kept.get(key)
    if (known) return known
    const { sql, parameters } = sampleStatement(db, shape)
    const made = { statement: database.prepare(sql), parameters }
    const [oldest] = kept.keys()
    if (kept.size >= keptStatements && oldest !== undefined) kept.delete(oldest)
    kept.set(key, made)
    return made
  }

  return (tenant, people, query, lastKey) => {
    const shape = { ...filterShape(query, people.length, lastKey !== undefined), sort: query.sort }
    const { statement, parameters } = prepared(shape)
    const values = {
      ...matchingValues(tenant, people, query, lastKey),
      ...seedValues(query.seed),
      take: query.limit,
    }
    return statement.all(...fill<number | bigint>(parameters, values)).map(({ doc }) => String(doc))
  }
}
