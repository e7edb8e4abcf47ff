import { mostSeed } from '../../contract/query/engagement-query.ts'

/** A sample that nobody chose. */
export function randomSeed(): number {
  return Math.floor(Math.random() * (mostSeed + 1))
}
