/**
 * Participants and people against the documents, which are read along the table. What of a document the columns beside it
 * should be is looked at on the way.
 */
import { type CheckedTenant, type Finding, findingOf } from '../../check/finding.ts'
import type { IncomingEngagement } from '../../engagement-writer.ts'
import { type Columns, columnsOf, participants } from '../../sortable-columns.ts'
import { foundAs, isLong, sortedAs } from './long-texts.ts'
import { unknownDuration, unknownStart } from './schema.ts'
import { unescapeText } from './text-escape.ts'
import type { Row, Run } from './transactions.ts'

const documentsAtOnce = 200

/** Those of a document that are kept as its engagement has them: by email. */
const keptPeople = `array(select coalesce(l.email, p.email)
  from participant as a join person as p on p.tenant = a.tenant and p.key = a.person
    left join long_email as l on l.tenant = p.tenant and l.person = p.key
  where a.tenant = $1 and a.start_ms = e.start_ms and a.engagement = e.key and a.id = e.id and a.status = e.status
    and a.duration = e.duration and a.end_ms is not distinct from e.end_ms)`
const idle = 'not exists (select from participant as a where a.tenant = $1 and a.person = p.key)'

interface Checked {
  readonly start: number
  readonly key: number
  readonly kept: Columns
  /** As the document has them. */
  readonly columns: Columns
  readonly emails: ReadonlySet<string>
  readonly keptEmails: readonly string[]
}

/** @param run in a transaction that sees one moment */
export async function checkPeople(
  run: Run,
  tenant: CheckedTenant,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const columns: string[] = []
  const missing: string[] = []
  let expected = 0
  for await (const rows of documents(run, tenant, signal)) {
    for (const row of rows) {
      if (!isSame(row.kept, row.columns)) columns.push(row.kept.id)
      expected += row.emails.size
      const there = new Set(row.keptEmails)
      for (const email of row.emails) if (!there.has(email)) missing.push(`${email} of ${row.kept.id}`)
    }
  }
  const [counted] = await ask(run, 'select count(*) from participant where tenant = $1', tenant.key)
  const kept = Number(counted?.[0])
  // Each of the documents' own that is there was met, so the others are in no document.
  const stray = kept - expected + missing.length
  const unneeded = await ask(
    run,
    `select email from person as p where tenant = $1 and ${idle} order by email`,
    tenant.key,
  )
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
      unneeded.map(([email]) => String(email)),
      'people',
    ),
  ]
}

/** Makes all participants anew, keeps the keys of people, and lets go of who is in no engagement. */
export async function repairPeople(run: Run, tenant: CheckedTenant, signal: AbortSignal): Promise<void> {
  await ask(run, 'delete from participant where tenant = $1', tenant.key)
  for await (const rows of documents(run, tenant, signal)) {
    const parts = rows.flatMap(({ start, key, emails }) =>
      [...emails].map((email) => ({ start, key, email })),
    )
    const emails = [...new Set(parts.map(({ email }) => email))].sort()
    await ask(
      run,
      'insert into person (tenant, email) select $1, unnest($2::text[]) on conflict (tenant, email) do nothing',
      tenant.key,
      emails.map(foundAs),
    )
    const long = emails.filter(isLong)
    await ask(
      run,
      `insert into long_email (tenant, person, email) select p.tenant, p.key, long.email
        from unnest($2::text[], $3::text[]) as long (found, email)
          join person as p on p.tenant = $1 and p.email = long.found on conflict do nothing`,
      tenant.key,
      long.map(foundAs),
      long,
    )
    await ask(
      run,
      `insert into participant (tenant, start_ms, engagement, person, id, status, end_ms, duration)
        select e.tenant, e.start_ms, e.key, p.key, e.id, e.status, e.end_ms, e.duration
        from unnest($2::bigint[], $3::bigint[], $4::text[]) as part (start_ms, engagement, email)
          join engagement as e on e.tenant = $1 and e.start_ms = part.start_ms and e.key = part.engagement
          join person as p on p.tenant = $1 and p.email = part.email`,
      tenant.key,
      parts.map(({ start }) => start),
      parts.map(({ key }) => key),
      parts.map(({ email }) => foundAs(email)),
    )
  }
  await ask(run, `delete from person as p where tenant = $1 and ${idle}`, tenant.key)
}

async function* documents(
  run: Run,
  { key: tenant }: CheckedTenant,
  signal: AbortSignal,
): AsyncGenerator<readonly Checked[]> {
  for (let last = [Number.MIN_SAFE_INTEGER - 1, -1]; ; ) {
    signal.throwIfAborted()
    const rows = await ask(
      run,
      `select start_ms, key, id, status, end_ms, duration, doc, ${keptPeople} from engagement as e
        where tenant = $1 and (start_ms, key) > ($2, $3) order by start_ms, key limit ${documentsAtOnce}`,
      tenant,
      ...last,
    )
    if (rows.length > 0) yield rows.map(checkedOf)
    if (rows.length < documentsAtOnce) return
    last = (rows.at(-1) ?? []).slice(0, 2).map(Number)
  }
}

function checkedOf([start, key, id, status, end, duration, doc, emails]: Row): Checked {
  const engagement: IncomingEngagement['engagement'] = JSON.parse(String(doc))
  return {
    start: Number(start),
    key: Number(key),
    kept: {
      id: String(id),
      status: status as Columns['status'],
      start: start === unknownStart ? null : Number(start),
      end: end === null ? null : Number(end),
      duration: duration === unknownDuration ? null : Number(duration),
    },
    columns: columnsOf(engagement),
    emails: new Set([...participants(engagement)].map((email) => email.toWellFormed())),
    // Texts in a list come as they are kept.
    keptEmails: (emails as readonly string[]).map(unescapeText),
  }
}

function isSame(a: Columns, b: Columns): boolean {
  return (
    // The database keeps no halves of pairs.
    a.id === sortedAs(b.id.toWellFormed()) &&
    a.status === b.status &&
    a.start === b.start &&
    a.end === b.end &&
    a.duration === b.duration
  )
}

function ask(run: Run, sql: string, ...parameters: readonly unknown[]): Promise<readonly Row[]> {
  return run({ sql, parameters }, {})
}
