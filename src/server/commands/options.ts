/** What the words after a verb mean, for the commands that take options alone. */
import { parseArgs } from 'node:util'
import { isTenantKey } from '../../contract/model/tenant.ts'
import { UsageError } from './command.ts'

/** @throws UsageError for words and options that are not among `names` */
export function readOptions<const Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ args: [...args], options })
    return values as Partial<Record<Name, string>>
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** @throws UsageError */
export function requireTenantKey(given: string | undefined): string {
  if (given === undefined || !isTenantKey(given))
    throw new UsageError('--tenant needs a tenant’s key, such as PremierTenant')
  return given
}

/** Picks the verb's own part of a command. @throws UsageError naming the known ones */
export function pickVerb<T>(
  command: string,
  verb: string | undefined,
  verbs: Readonly<Record<string, T>>,
): T {
  const known = Object.keys(verbs).join(', ')
  if (verb === undefined) throw new UsageError(`${command} needs a verb: ${known}`)
  const found = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined
  if (found === undefined) throw new UsageError(`Unknown verb ${verb}; known are ${known}`)
  return found
}
