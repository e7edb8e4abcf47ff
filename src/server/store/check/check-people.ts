/**
 * Participants and people against the documents, which are read in the order of their keys. Whether each document has its row
 * among the engagements, with the columns that it should have, is looked at on the way.
 */
import { type Kysely, sql } from 'kysely'
import type { IncomingEngagement } from '../engagement-writer.ts'
import type { Tables } from '../schema.ts'
import { columnsOf, type PlacedColumns, participants, placedColumns } from '../sortable-columns.ts'
import { type CheckedTenant, type Finding, findingOf } from './finding.ts'

const documentsAtOnce = 200

interface Read {
  readonly key: number
  readonly id: string
  /** As the document has them. */
  readonly placed: PlacedColumns
  readonly emails: ReadonlySet<string>
}

export async function checkPeople(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const columns: string[] = []
  const missing: string[] = []
  let [documentsRead, expected] = [0, 0]
  for await (const rows of documents(db, tenant, signal)) {
    const people = await peopleOf(db, tenant, rows)
    const placed = await engagementsOf(db, tenant, rows)
    const there = await participantsOf(db, rows, people)
    documentsRead += rows.length
    for (const row of rows) {
      if (!placed.has(row.key)) columns.push(row.id)
      for (const email of row.emails) {
        expected++
        if (!there.has(`${people.get(email)} ${row.key}`)) missing.push(`${email} of ${row.id}`)
      }
    }
  }
  const { n: engagements } = await db
    .selectFrom('engagement')
    .select(sql<number>`count(*)`.as('n'))
    .where('tenant', '=', tenant.key)
    .executeTakeFirstOrThrow()
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
      'engagements and documents are not as many',
      Number(engagements) === documentsRead ? [] : [`${engagements} and ${documentsRead}`],
      undefined,
    ),
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
          rows.flatMap(({ key, placed, emails: own }) =>
            [...own].map((email) => ({
              person: people.get(email) ?? 0,
              engagement: key,
              ...columnsFrom(placed),
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
      .selectFrom('document')
      .select(['key', 'doc'])
      .where('key', '>', last)
      .where('tenant', '=', tenant.key)
      .orderBy('key')
      .limit(documentsAtOnce)
      .execute()
    yield rows.map(({ key, doc }) => {
      const engagement: IncomingEngagement['engagement'] = JSON.parse(doc)
      const placed = placedColumns(columnsOf(engagement))
      return { key, id: engagement.id, placed, emails: participants(engagement) }
    })
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.key
  }
}

/** The keys of those that are among the engagements as their documents have them. */
async function engagementsOf(
  db: Kysely<Tables>,
  tenant: CheckedTenant,
  rows: readonly Read[],
): Promise<ReadonlySet<number>> {
  if (rows.length === 0) return new Set()
  const wanted = rows.map(
    ({ key, placed: { status, startKey, shortId, end, duration } }) =>
      sql`(${status}, ${startKey}, ${shortId}, ${key}, ${end}, ${duration})`,
  )
  const { rows: found } = await sql<{ key: number }>`
    with wanted (status, start_key, id, key, end_ms, duration) as (values ${sql.join(wanted)})
    select e.key from wanted as w cross join engagement as e
      on e.tenant = ${tenant.key} and e.status = w.status and e.start_key = w.start_key and e.id = w.id
    where e.key = w.key and e.end_ms is w.end_ms and e.duration is w.duration`.execute(db)
  return new Set(found.map(({ key }) => key))
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

function columnsFrom({ status, startKey, shortId, end, duration }: PlacedColumns) {
  return { status, start_key: startKey, id: shortId, end_ms: end, duration }
}

/** Those who are there as the documents have them, by the keys of person and engagement. */
async function participantsOf(
  db: Kysely<Tables>,
  rows: readonly Read[],
  people: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const wanted = rows.flatMap(({ key, placed: { status, startKey, shortId, end, duration }, emails }) =>
    [...emails].flatMap((email) => {
      const person = people.get(email)
      return person === undefined
        ? []
        : [sql`(${person}, ${status}, ${startKey}, ${shortId}, ${key}, ${end}, ${duration})`]
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
