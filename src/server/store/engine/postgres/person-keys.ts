/** People of engagements by their keys, in PostgreSQL. */
import { foundAs, isLong } from './long-texts.ts'
import type { Run } from './transactions.ts'
import type { WriteStatements } from './write-statements.ts'

/** The keys of people by their emails, who have one from then on. */
export async function personKeys(
  run: Run,
  statements: WriteStatements,
  tenant: number,
  emails: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (emails.length === 0) return new Map()
  const found = await run(statements.people, { tenant, emails: emails.map(foundAs) })
  const known = new Map(found.map(keyByEmail))
  const missing = emails.filter((email) => !known.has(foundAs(email)))
  if (missing.length > 0) {
    const added = await run(statements.addPeople, { tenant, emails: missing.map(foundAs) })
    for (const row of added) known.set(...keyByEmail(row))
  }
  const long = missing.filter(isLong)
  if (long.length > 0) {
    const persons = long.map((email) => known.get(foundAs(email)))
    await run(statements.addLongEmails, { tenant, persons, emails: long })
  }
  return new Map(emails.flatMap((email) => [[email, known.get(foundAs(email)) ?? 0] as const]))
}

function keyByEmail([key, email]: readonly unknown[]): [string, number] {
  return [String(email), Number(key)]
}
