/** What a batch is written by: one statement for all rows of a kind, given as arrays. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { slot, template } from '../../statement.ts'
import type { PostgresTables } from './schema.ts'
import { createStatementNames } from './statement-names.ts'
import type { NamedStatement } from './transactions.ts'

const tenant = sql`${slot('tenant')}::integer`
const list = (name: string, type: string) => sql`${slot(name)}::${sql.raw(type)}[]`
const sortableLists = sql`${list('ids', 'text')}, ${list('statuses', 'smallint')}, ${list('ends', 'bigint')},
  ${list('durations', 'float8')}`
/** By an index of the hash: ids may be of any length. */
const ofEngagement = sql`tenant = ${tenant} and engagement_id = ${slot('id')}
  and hashtextextended(engagement_id, 0) = hashtextextended(${slot('id')}, 0)`

const texts = {
  /** Writers of one tenant take turns; of what others do to it, nothing waits for this. */
  takeTurn: sql`select version from tenant where key = ${tenant} for no key update`,
  lastKey: sql`select last_key from arrival where tenant = ${tenant} order by at_ms desc limit 1`,
  places: sql`select id, key, start_ms from engagement_key where tenant = ${tenant} and id = any(${list('ids', 'text')})`,
  people: sql`select key, email from person where tenant = ${tenant} and email = any(${list('emails', 'text')})`,
  addPeople: sql`insert into person (tenant, email) select ${tenant}, unnest(${list('emails', 'text')}) returning key, email`,
  removeParticipants: sql`delete from participant where tenant = ${tenant}
    and start_ms between ${slot('first')} and ${slot('last')} and start_ms = any(${list('starts', 'bigint')}) and engagement = any(${list('keys', 'bigint')})`,
  removeEngagements: sql`delete from engagement where tenant = ${tenant}
    and start_ms between ${slot('first')} and ${slot('last')} and start_ms = any(${list('starts', 'bigint')}) and key = any(${list('keys', 'bigint')})`,
  addEngagements: sql`insert into engagement (tenant, start_ms, key, id, status, end_ms, duration, doc)
    select ${tenant}, * from unnest(${list('starts', 'bigint')}, ${list('keys', 'bigint')}, ${sortableLists},
      ${list('docs', 'text')})`,
  putPlaces: sql`insert into engagement_key (tenant, id, key, start_ms)
    select ${tenant}, * from unnest(${list('ids', 'text')}, ${list('keys', 'bigint')}, ${list('starts', 'bigint')})
    on conflict (tenant, id) do update set start_ms = excluded.start_ms`,
  addParticipants: sql`insert into participant (tenant, start_ms, engagement, person, id, status, end_ms, duration)
    select ${tenant}, * from unnest(${list('starts', 'bigint')}, ${list('keys', 'bigint')}, ${list('persons', 'bigint')},
      ${sortableLists})`,
  addLongIds: sql`insert into long_id (tenant, key, id)
    select ${tenant}, * from unnest(${list('keys', 'bigint')}, ${list('ids', 'text')}) on conflict do nothing`,
  removeLongId: sql`delete from long_id where tenant = ${tenant} and key = ${slot('key')}`,
  addLongEmails: sql`insert into long_email (tenant, person, email)
    select ${tenant}, * from unnest(${list('persons', 'bigint')}, ${list('emails', 'text')})`,
  removeUnneededPeople: sql`delete from person where tenant = ${tenant} and key = any(${list('persons', 'bigint')})
    and not exists (select from participant where participant.tenant = ${tenant} and participant.person = person.key)`,
  changeStarts: sql`insert into start_count (tenant, status, unit, at, engagements, ended, shortest_ms, longest_ms)
    select ${tenant}, * from unnest(${list('statuses', 'smallint')}, ${list('units', 'smallint')}, ${list('ats', 'integer')},
      ${list('counts', 'integer')}, ${list('ended', 'integer')}, ${list('shortest', 'bigint')}, ${list('longest', 'bigint')})
    on conflict (tenant, status, unit, at) do update set engagements = start_count.engagements + excluded.engagements,
      ended = start_count.ended + excluded.ended, shortest_ms = least(start_count.shortest_ms, excluded.shortest_ms),
      longest_ms = greatest(start_count.longest_ms, excluded.longest_ms)`,
  changeDurations: sql`insert into duration_count (tenant, status, seconds, engagements)
    select ${tenant}, * from unnest(${list('statuses', 'smallint')}, ${list('seconds', 'integer')}, ${list('counts', 'integer')})
    on conflict (tenant, status, seconds) do update set engagements = duration_count.engagements + excluded.engagements`,
  addArrival: sql`insert into arrival (tenant, at_ms, last_key) values (${tenant},
    greatest(${slot('nowMs')}::bigint, coalesce((select max(at_ms) + 1 from arrival where tenant = ${tenant}), 0)),
    ${slot('lastKey')})`,
  /** What is kept beside the rows stays of the present version where it was. */
  changeVersion: sql`update tenant set version = greatest(version + 1, ${slot('nowMs')}::bigint), counted_version =
    case when counted_version = version then greatest(version + 1, ${slot('nowMs')}::bigint) else counted_version end
    where key = ${tenant} returning version`,
  leaveFile: sql`insert into removed_file (tenant, recording_id, sha256) select tenant, id, sha256 from recording
    where tenant = ${tenant} and id = ${slot('id')} and sha256 != ${slot('sha256')} on conflict do nothing`,
  putRecording: sql`insert into recording (tenant, id, engagement_id, media_type, size, sha256)
    values (${tenant}, ${slot('id')}, ${slot('engagementId')}, ${slot('mediaType')}, ${slot('size')}, ${slot('sha256')})
    on conflict (tenant, id) do update set media_type = excluded.media_type, size = excluded.size, sha256 = excluded.sha256`,
  keepFile: sql`delete from removed_file where tenant = ${tenant} and recording_id = ${slot('id')}
    and sha256 = ${slot('sha256')}`,
  leaveFiles: sql`insert into removed_file (tenant, recording_id, sha256) select tenant, id, sha256 from recording
    where ${ofEngagement} on conflict do nothing`,
  removeRecordings: sql`delete from recording where ${ofEngagement}`,
  removePlace: sql`delete from engagement_key where tenant = ${tenant} and id = ${slot('id')}`,
  isLeft: sql`select sha256 from removed_file
    where tenant = ${tenant} and recording_id = ${slot('id')} and sha256 = ${slot('sha256')}`,
  leftFiles: sql`select recording_id, sha256 from removed_file where tenant = ${tenant}`,
  addMonths: sql`select hindsight_add_month(${tenant}, month) from unnest(${list('months', 'integer')}) as month`,
  addAudit: sql`insert into audit (tenant, at_ms, subject, action, target, address, times)
    select ${tenant}, * from unnest(${list('moments', 'bigint')}, ${list('subjects', 'text')}, ${list('actions', 'text')},
      ${list('targets', 'text')}, ${list('addresses', 'text')}, ${list('times', 'integer')})`,
  removeAudit: sql`delete from audit where tenant = ${tenant} and key in (
    select key from audit where tenant = ${tenant} and at_ms < ${slot('atMs')} limit ${slot('most')}) returning key`,
} satisfies Record<string, RawBuilder<unknown>>

export type WriteStatements = Readonly<Record<keyof typeof texts, NamedStatement>>

/** Slots are those of their texts; every one has `tenant`. Lists of one statement are of one length. */
export function writeStatements(db: Kysely<PostgresTables>): WriteStatements {
  const named = createStatementNames()
  const statements = Object.entries(texts).map(([name, text]) => [
    name,
    named(name, () => template({ compile: () => text.compile(db) })),
  ])
  return Object.fromEntries(statements)
}
