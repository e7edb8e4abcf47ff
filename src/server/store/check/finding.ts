/** What a check finds, in words. */
import type { StatusCode } from '../schema.ts'

/** Something that is not as it should be, in words for an operator. */
export interface Finding {
  readonly text: string
  /** What of the store would have to be made anew; nothing: it cannot be made from the rows. */
  readonly repair: 'rollups' | 'people' | 'places' | undefined
}

export interface CheckedTenant {
  readonly key: number
  readonly name: string
}

const statusWords: Readonly<Record<StatusCode, string>> = {
  0: 'unsuccessful',
  1: 'successful',
  2: 'neither successful nor unsuccessful',
}

/**
 * One finding for all places where the same is wrong: the first is told in full, the others by their number.
 * @param what is wrong, such as `kept counts of days differ`
 * @param places where it is, in words
 */
export function findingOf(
  tenant: CheckedTenant,
  status: StatusCode | undefined,
  what: string,
  places: readonly string[],
  repair: Finding['repair'],
): readonly Finding[] {
  const [first, ...others] = places
  if (first === undefined) return []
  const whose = status === undefined ? tenant.name : `${tenant.name}, ${statusWords[status]}`
  const more = others.length === 0 ? '' : `; and ${others.length} more`
  return [{ text: `${whose}: ${what}: ${first}${more}`, repair }]
}
