/**
 * Participants and people against the documents, which are read in the order of their keys. What of a document the columns
 * beside it should be is looked at on the way.
 */
import { type Kysely, sql } from 'kysely'
import type { IncomingEngagement } from '../engagement-writer.ts'
import type { Tables } from '../schema.ts'
import { type Columns, columnsOf, participants } from '../sortable-columns.ts'
import { type CheckedTenant, type Finding, findingOf } from './finding.ts'

const documentsAtOnce = 200

interface Read {
  readonly key: number
  readonly kept: Columns
  /** As the document has them. */
  readonly columns: Columns
  readonly emails: ReadonlySet<string>
}

export async function checkPeople(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const columns: string[] = []
  const missing: string[] = []
  let expected = 0
  for await (const rows of documents(db, tenant, signal)) {
    const people = await peopleOf(db, tenant, rows)
    const there = await participantsOf(db, rows, people)
    for (const row of rows) {
      if (!isSame(row.kept, row.columns)) columns.push(`${row.columns.id}`)
      for (const email of row.emails) {
        expected++
        const found = there.get(`${people.get(email)} ${row.key}`)
        if (found === undefined || !isSame(found, row.columns)) missing.push(`${email} of ${row.columns.id}`)
      }
    }
  }
  const { n: kept } = await db
    .selectFrom('participant')
    .innerJoin('person', 'person.key', 'participant.person')
    .select(sql<number>`count(*)`.as('n'))
    .where('person.tenant', '=', tenant.key)
    .executeTakeFirstOrThrow()
  // Each of the documents' own that is there was met, so the others are in no document.
  const stray = Number(kept) - expected + missing.length
  const unneeded = await db
    .selectFrom('person')
    .select('email')
    .where('tenant', '=', tenant.key)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('participant').select('engagement').whereRef('participant.person', '=', 'person.key'),
        ),
      ),
    )
    .execute()
  return [
    ...findingOf(tenant, undefined, 'columns differ from their document', columns, undefined),
    ...findingOf(
      tenant,
      undefined,
      'participants are missing or differ from their document',
      missing,
      'people',
    ),
    ...findingOf(
      tenant,
      undefined,
      'rows of participants are in no document',
      stray > 0 ? [`${stray} of ${kept}`] : [],
      'people',
    ),
    ...findingOf(
      tenant,
      undefined,
      'people are in no engagement',
      unneeded.map(({ email }) => email),
      'people',
    ),
  ]
}

/** Makes all participants anew, keeps the keys of people, and lets go of who is in no engagement. */
export async function repairPeople(db: Kysely<Tables>, signal: AbortSignal): Promise<void> {
  await db.deleteFrom('participant').execute()
  for (const tenant of await db.selectFrom('tenant').select(['key', 'name']).execute()) {
    for await (const rows of documents(db, tenant, signal)) {
      const emails = [...new Set(rows.flatMap((row) => [...row.emails]))]
      if (emails.length === 0) continue
      await db
        .insertInto('person')
        .values(emails.map((email) => ({ tenant: tenant.key, email })))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const people = await peopleOf(db, tenant, rows)
      await db
        .insertInto('participant')
        .values(
          rows.flatMap(({ key, columns, emails: own }) =>
            [...own].map((email) => ({
              person: people.get(email) ?? 0,
              engagement: key,
              id: columns.id,
              status: columns.status,
              start_ms: columns.start,
              end_ms: columns.end,
              duration: columns.duration,
            })),
          ),
        )
        .execute()
    }
  }
  await db
    .deleteFrom('person')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('participant').select('engagement').whereRef('participant.person', '=', 'person.key'),
        ),
      ),
    )
    .execute()
}

async function* documents(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  signal: AbortSignal,
): AsyncGenerator<readonly Read[]> {
  for (let last = 0; ; ) {
    signal.throwIfAborted()
    const rows = await db
      .selectFrom('engagement')
      .select(['key', 'id', 'status', 'start_ms', 'end_ms', 'duration', 'doc'])
      .where('key', '>', last)
      // Unless kept from it the planner walks all of the tenant's rows instead of the keys.
      .where(sql<boolean>`tenant + 0 = ${tenant.key}`)
      .orderBy('key')
      .limit(documentsAtOnce)
      .execute()
    yield rows.map(({ key, doc, ...kept }) => {
      const engagement: IncomingEngagement['engagement'] = JSON.parse(doc)
      return {
        key,
        kept: columnsFrom(kept),
        columns: columnsOf(engagement),
        emails: participants(engagement),
      }
    })
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.key
  }
}

type KeptColumns = Pick<Tables['engagement'], 'id' | 'status' | 'start_ms' | 'end_ms' | 'duration'>

function columnsFrom({ id, status, start_ms: start, end_ms: end, duration }: KeptColumns): Columns {
  return { id, status, start: numberOrNull(start), end: numberOrNull(end), duration: numberOrNull(duration) }
}

function numberOrNull(value: number | null): number | null {
  return value === null ? null : Number(value)
}

function isSame(a: Columns, b: Columns): boolean {
  // The database keeps no halves of pairs.
  return (
    a.id === b.id.toWellFormed() &&
    a.status === b.status &&
    a.start === b.start &&
    a.end === b.end &&
    a.duration === b.duration
  )
}

/** The keys of those who have one, by their emails. */
async function peopleOf(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  rows: readonly Read[],
): Promise<ReadonlyMap<string, number>> {
  const emails = [...new Set(rows.flatMap((row) => [...row.emails]))]
  if (emails.length === 0) return new Map()
  const found = await db
    .selectFrom('person')
    .select(['key', 'email'])
    .where('tenant', '=', tenant.key)
    .where('email', 'in', emails)
    .execute()
  return new Map(found.map(({ key, email }) => [email, key]))
}

/** By the keys of person and engagement. */
async function participantsOf(
  db: Kysely<Tables>,
  rows: readonly Read[],
  people: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Columns>> {
  const pairs = rows.flatMap(({ key, emails }) =>
    [...emails].flatMap((email) => {
      const person = people.get(email)
      return person === undefined ? [] : [sql`(${person}, ${key})`]
    }),
  )
  if (pairs.length === 0) return new Map()
  const found = await db
    .selectFrom('participant')
    .select(['person', 'engagement', 'id', 'status', 'start_ms', 'end_ms', 'duration'])
    .where(sql<boolean>`(person, engagement) in (values ${sql.join(pairs)})`)
    .execute()
  return new Map(
    found.map(({ person, engagement, ...kept }) => [`${person} ${engagement}`, columnsFrom(kept)]),
  )
}
