/**
 * The queries behind pages, batches and samples in PostgreSQL: as in the embedded database, an index is walked first, over
 * one arm for each combination of user, status and known or unknown sort value. Here every step names the tenant, so that its
 * partitions alone are planned for, and documents are read by a statement of its own that knows the months they are in.
 */
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type {
  EngagementFilter,
  EngagementSort,
  EngagementStatus,
} from '../../../../contract/query/engagement-query.ts'
import type { seedValues } from '../../sample-statement.ts'
import { type StatusCode, statusCodes } from '../../schema.ts'
import { slot, type Template, template } from '../../statement.ts'
import { mostIndexedBytes } from './long-texts.ts'
import { type PostgresTables, unknownDuration, unknownStart } from './schema.ts'

/** What of a filter decides a statement's text; the rest is values in it. */
export interface WhereShape {
  /** How many users are asked for. */
  readonly users: number
  readonly startAfter: boolean
  readonly startBefore: boolean
  readonly endAfter: boolean
  readonly endBefore: boolean
  /** Only engagements up to a key are asked for. */
  readonly asOf: boolean
}

export interface WalkShape extends WhereShape {
  readonly sort: EngagementSort
  readonly status: EngagementStatus
  /** Known durations are walked from the slot `durationEdge` on, which they begin at or are below, as they are sorted. */
  readonly fromDuration?: true
}

/**
 * Where a batch goes on: behind an id, or behind one that begins as others do (`long-texts.ts`), whose whole text is in the
 * slot `lastWhole`.
 */
export type Resumed = 'no' | 'behind' | 'among'

/** Which sort values are walked. */
export type Known = 'any' | 'known' | 'unknown'

export function whereShape(filter: EngagementFilter, users: number, asOf: boolean): WhereShape {
  return {
    users,
    startAfter: filter.startAfter !== undefined,
    startBefore: filter.startBefore !== undefined,
    endAfter: filter.endAfter !== undefined,
    endBefore: filter.endBefore !== undefined,
    asOf,
  }
}

/**
 * @param people the keys of the users asked for
 * @param lastKey the last key that is let through
 */
export function whereValues(
  tenant: number,
  people: readonly number[],
  { startAfter, startBefore, endAfter, endBefore }: EngagementFilter,
  lastKey: number | undefined,
): Record<string, unknown> {
  const whose = people.map((person, index) => [`person${index}`, person] as const)
  return { tenant, startAfter, startBefore, endAfter, endBefore, lastKey, ...Object.fromEntries(whose) }
}

/** Whether the sort values that are walked may be unknown: not where the starts that sort are bounded. */
export function mayBeUnknown(shape: WalkShape): boolean {
  return sortOf(shape).column !== 'start_ms' || !(shape.startAfter || shape.startBefore)
}

function sortOf({ sort }: Pick<WalkShape, 'sort'>) {
  return {
    column: sort === 'newest' || sort === 'oldest' ? ('start_ms' as const) : ('duration' as const),
    direction: sort === 'newest' || sort === 'longest' ? ('desc' as const) : ('asc' as const),
  }
}

interface WalkedRow {
  start_ms: number
  key: number
  at: number
  id: string
}

interface Walked {
  m: WalkedRow
}

type ArmQuery = SelectQueryBuilder<PostgresTables, 'engagement', WalkedRow>

const unknownOf = {
  start_ms: sql.lit(unknownStart),
  duration: sql<number>`${sql.lit(String(unknownDuration))}::float8`,
} as const

/**
 * Rows in order: month and key of each, then its sort value and id. Slots: `tenant`, `person0` … `personN`; the bounds that
 * the shape has; `take` (rows to stop after in each arm), `rows` and `offset`.
 * @param whole ids that were cut are told apart by the whole ones, which come last in each row; to be asked for where rows
 *   that came have cut ones
 * @param only sort values that are known, or those that are not; absent: both, the unknown last
 */
export function pageWalk(
  db: Kysely<PostgresTables>,
  shape: WalkShape,
  whole: boolean,
  only?: Exclude<Known, 'any'>,
): Template {
  const { direction } = sortOf(shape)
  // The unknown are below all others, so a descending walk has them last by itself; an ascending one needs them apart.
  const knowns: readonly Known[] = only
    ? [only]
    : !mayBeUnknown(shape)
      ? ['known']
      : direction === 'desc'
        ? ['any']
        : ['known', 'unknown']
  const rows = inOrder(merged(db, shape, knowns, 'no', whole), shape, whole)
  return template(rows.limit(slot<number>('rows')).offset(slot<number>('offset')))
}

/** The same for a batch of known or of unknown sort values; slots besides: `lastAt` and `lastId`, of the row behind which it goes on. */
export function batchWalk(
  db: Kysely<PostgresTables>,
  shape: WalkShape,
  known: Known,
  resumed: Resumed,
  whole: boolean,
): Template {
  return template(
    inOrder(merged(db, shape, [known], resumed, whole), shape, whole).limit(slot<number>('rows')),
  )
}

/**
 * Of documents by their starts and keys, in no order: key and document. Slots: `tenant`, `starts` and `keys`, and `first` and
 * `last` of the starts: of a list alone the server does not see which partitions it leaves out.
 */
export function documentsByKeys(db: Kysely<PostgresTables>): Template {
  return template(
    db
      .selectFrom('engagement')
      .select(['key', 'doc'])
      .where('tenant', '=', slot<number>('tenant'))
      .where('start_ms', '>=', slot<number>('first'))
      .where('start_ms', '<=', slot<number>('last'))
      .where('start_ms', '=', sql<number>`any(${slot('starts')}::bigint[])`)
      .where('key', '=', sql<number>`any(${slot('keys')}::bigint[])`),
  )
}

/**
 * Rows drawn by rank, as the embedded database ranks them: month and key of each in the order asked for. Slots: those of a
 * page, and the polynomial of `seedValues`.
 */
export function sampleWalk(db: Kysely<PostgresTables>, shape: WalkShape): Template {
  const { column } = sortOf(shape)
  const modulus = sql.lit(2_147_483_647)
  const key = keyOf(shape)
  const [a, b, c] = (['a', 'b', 'c'] satisfies (keyof ReturnType<typeof seedValues>)[]).map(
    (name) => sql`${slot(name)}::bigint`,
  )
  const rank = sql<number>`((${a} * ${key} + ${b}) % ${modulus} * ${key} + ${c}) % ${modulus}`
  const rows = matchingRows(db, shape, statusCodes[shape.status]).select([
    'start_ms',
    key.as('key'),
    sql.ref<number>(column).as('at'),
    'id',
    rank.as('rank'),
  ])
  const drawn = (shape.users > 1 ? rows.distinct() : rows)
    .orderBy('rank')
    .orderBy('key')
    .limit(slot<number>('take'))
  return template(inOrder(db.selectFrom(drawn.as('m')).select(['m.start_ms', 'm.key']), shape, true))
}

/** Slots: `tenant`, `person0` … `personN`, and the bounds that the shape has. Of several users a row may come several times. */
export function matchingRows(db: Kysely<PostgresTables>, shape: WhereShape, statuses: readonly StatusCode[]) {
  const people = Array.from({ length: shape.users }, (_, index) => slot<number>(`person${index}`))
  const query = rowsOf(db, people).where(
    'status',
    'in',
    statuses.map((code) => sql.lit(code)),
  )
  return bounded(query, shape)
}

/** The engagement's key in those rows. */
export function keyOf({ users }: Pick<WhereShape, 'users'>) {
  return sql.ref<number>(users === 0 ? 'key' : 'engagement')
}

/** The unknown last. */
function inOrder<O>(rows: SelectQueryBuilder<Walked, 'm', O>, shape: WalkShape, whole: boolean) {
  const { column, direction } = sortOf(shape)
  const sorted = rows
    .orderBy(sql`m.at = ${unknownOf[column]}`)
    .orderBy('m.at', direction)
    .orderBy('m.id', direction)
  return whole ? sorted.orderBy(wholeId('m.id', 'm.key'), direction) : sorted
}

/** Null where the id is not cut; null and others are never beside each other in an order. */
function wholeId(id: string, key: string) {
  return sql<
    string | null
  >`case when octet_length(${sql.ref(id)}) > ${sql.lit(mostIndexedBytes)} then (select l.id
    from long_id as l where l.tenant = ${slot('tenant')} and l.key = ${sql.ref(key)}) end`
}

function merged(
  db: Kysely<PostgresTables>,
  shape: WalkShape,
  knowns: readonly Known[],
  resumed: Resumed,
  whole: boolean,
) {
  const owners = shape.users === 0 ? [undefined] : Array.from({ length: shape.users }, (_, index) => index)
  const [first, ...rest] = owners.flatMap((person) =>
    statusCodes[shape.status].flatMap((status) =>
      knowns.map((known) => arm(db, shape, person, status, known, resumed, whole)),
    ),
  )
  if (first === undefined) throw new Error('A page has at least one arm')
  const inner = (one: ArmQuery) => db.selectFrom(one.as('a')).selectAll()
  // An engagement of two of the users is in two arms; union keeps one of it.
  const all = rest.reduce(
    (before, one) => (shape.users > 1 ? before.union(inner(one)) : before.unionAll(inner(one))),
    inner(first),
  )
  const rows = db.selectFrom(all.as('m')).selectAll('m')
  return whole ? rows.select(wholeId('m.id', 'm.key').as('whole')) : rows
}

function arm(
  db: Kysely<PostgresTables>,
  shape: WalkShape,
  person: number | undefined,
  status: StatusCode,
  known: Known,
  resumed: Resumed,
  whole: boolean,
): ArmQuery {
  const { column, direction } = sortOf(shape)
  const people = person === undefined ? [] : [slot<number>(`person${person}`)]
  let query = bounded(rowsOf(db, people).where('status', '=', sql.lit(status)), shape)
  if (known === 'known') query = query.where(column, '>', unknownOf[column])
  if (known === 'unknown') query = query.where(column, '=', unknownOf[column])
  else if (shape.fromDuration)
    query = query.where('duration', direction === 'asc' ? '>=' : '<', slot<number>('durationEdge'))
  if (resumed !== 'no') {
    const after = sql.raw(direction === 'asc' ? '>' : '<')
    const from = sql.raw(direction === 'asc' ? '>=' : '<=')
    const [place, last] =
      known === 'unknown'
        ? [sql`id`, sql`${slot('lastId')}`]
        : [sql`(${sql.ref(column)}, id)`, sql`(${slot('lastAt')}, ${slot('lastId')})`]
    const wholeAfter = sql`${wholeId('id', people.length === 0 ? 'key' : 'engagement')} ${after} ${slot('lastWhole')}`
    query = query.where(
      resumed === 'behind'
        ? sql<boolean>`${place} ${after} ${last}`
        : sql<boolean>`${place} ${from} ${last} and (${place} <> ${last} or ${wholeAfter})`,
    )
  }
  const walked = query
    .select(['start_ms', keyOf({ users: people.length }).as('key'), sql.ref<number>(column).as('at'), 'id'])
    .orderBy(column, direction)
    .orderBy('id', direction)
  // Which of those that begin alike come first shows when all of them are there.
  return whole
    ? walked.modifyEnd(sql`fetch first ${slot('take')} rows with ties`)
    : walked.limit(slot<number>('take'))
}

/** Of both tables, which differ in nothing that is used here but the name of the key. */
function rowsOf(db: Kysely<PostgresTables>, people: readonly number[]) {
  const whose =
    people.length === 0
      ? db.selectFrom('engagement').where('tenant', '=', slot<number>('tenant'))
      : db
          .selectFrom('participant')
          .where('tenant', '=', slot<number>('tenant'))
          .where('person', 'in', [...people])
  return whose as ReturnType<typeof engagementsOf>
}

function bounded(given: ReturnType<typeof engagementsOf>, shape: WhereShape) {
  let query = given
  if (shape.startAfter) query = query.where('start_ms', '>=', slot<number>('startAfter'))
  if (shape.startBefore) query = query.where('start_ms', '<=', slot<number>('startBefore'))
  // What has no start is in no range of them.
  if (shape.startBefore && !shape.startAfter) query = query.where('start_ms', '>', unknownOf.start_ms)
  if (shape.endAfter) query = query.where('end_ms', '>=', slot<number>('endAfter'))
  if (shape.endBefore) query = query.where('end_ms', '<=', slot<number>('endBefore'))
  if (shape.asOf) query = query.where(keyOf(shape), '<=', slot<number>('lastKey'))
  return query
}

function engagementsOf(db: Kysely<PostgresTables>) {
  return db.selectFrom('engagement')
}
