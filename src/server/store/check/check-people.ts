/**
 * Participants and people against the documents, which are read in the order of their keys. What of a document the columns
 * beside it should be is looked at on the way.
 */
import { type Kysely, sql } from 'kysely'
import type { IncomingEngagement } from '../engagement-writer.ts'
import type { Tables } from '../schema.ts'
import { type Columns, columnsOf, participantColumns, participants } from '../sortable-columns.ts'
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
        if (!there.has(`${people.get(email)} ${row.key}`)) missing.push(`${email} of ${row.columns.id}`)
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
              ...placed(columns),
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

/** The columns of a participant's row, as the engagement's are. */
function placed(columns: Columns) {
  const { status, startKey, shortId, end, duration } = participantColumns(columns)
  return { status, start_key: startKey, id: shortId, end_ms: end, duration }
}

/** Those who are there as the documents have them, by the keys of person and engagement. */
async function participantsOf(
  db: Kysely<Tables>,
  rows: readonly Read[],
  people: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const wanted = rows.flatMap(({ key, columns, emails }) =>
    [...emails].flatMap((email) => {
      const person = people.get(email)
      const { status, start_key: start, id, end_ms: end, duration } = placed(columns)
      return person === undefined
        ? []
        : [sql`(${person}, ${status}, ${start}, ${id}, ${key}, ${end}, ${duration})`]
    }),
  )
  if (wanted.length === 0) return new Set()
  const { rows: found } = await sql<{ person: number; engagement: number }>`
    with wanted (person, status, start_key, id, engagement, end_ms, duration) as (values ${sql.join(wanted)})
    select p.person, p.engagement from wanted as w cross join participant as p
      on p.person = w.person and p.status = w.status and p.start_key = w.start_key and p.id = w.id
    where p.engagement = w.engagement and p.end_ms is w.end_ms and p.duration is w.duration`.execute(db)
  return new Set(found.map(({ person, engagement }) => `${person} ${engagement}`))
}
