/**
 * The query behind a page. The index is walked first, in order and covered by its columns, over one arm for each
 * combination of user, status and known or unknown sort value; the arms are merged, and only then are the documents of
 * the page's rows read. Every arm stops after offset + limit + 1 rows, so the cost follows what is shown.
 */
import { type Kysely, type RawBuilder, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import type {
  EngagementQuery,
  EngagementSort,
  EngagementStatus,
} from '../../contract/query/engagement-query.ts'
import { type StatusCode, statusCodes, type Tables } from './schema.ts'
import { startKnown, startUnknown } from './start-key.ts'
import { slot, type Template, template } from './statement.ts'

/** What a statement's text depends on; everything else is a value in it. */
export interface PageShape {
  readonly sort: EngagementSort
  readonly status: EngagementStatus
  /** How many users are asked for. */
  readonly users: number
  readonly startAfter: boolean
  readonly startBefore: boolean
  readonly endAfter: boolean
  readonly endBefore: boolean
  /** Only engagements up to a key are asked for. */
  readonly asOf: boolean
  /**
   * For the sorts by duration: walk the durations and skip what is outside of a start range (`walk`), or read the range and
   * sort it (`range`). Both give the same rows; which is faster depends on how many rows the range holds. What users took part
   * in is always sorted: it has no order by duration.
   */
  readonly plan: 'walk' | 'range'
}

// SQLite 3.53 plans by the value of a bare LIMIT parameter, and so prepares the statement anew whenever it is bound: nearly
// half the time of a small page. An expression is planned once.
const rows = sql<number>`+${slot('rows')}`
const take = sql<number>`+${slot('take')}`

/**
 * The statement of a page. Slots: `tenant`, or `person0` … `personN`; the bounds that the shape has; `take` (offset +
 * limit + 1), `rows` (limit + 1) and `offset`. Gives the documents in order, one more than the page where there is one.
 */
export function pageStatement(db: Kysely<Tables>, shape: PageShape): Template {
  const { column, direction } = sortOf(shape)
  // Nulls sort first in SQLite, so a descending walk has the unknown last by itself; an ascending one needs them apart.
  const bounded = column === 'start' && (shape.startAfter || shape.startBefore)
  const atOnce = direction === 'desc' || isSorted(shape)
  const knowns: readonly Known[] = bounded ? ['known'] : atOnce ? ['any'] : ['known', 'unknown']
  const [first, ...rest] = armsOf(db, shape, knowns, { limit: take, resumed: false })
  const merged = mergedArms(db, shape, [first, ...rest])
  const page = db
    .selectFrom(merged.as('m'))
    .select(['m.key', 'm.at', 'm.id'])
    .orderBy(sql`m.at is null`)
    .orderBy('m.at', direction)
    .orderBy('m.id', direction)
    .limit(rows)
    .offset(slot<number>('offset'))
  const single = first.limit(rows).offset(slot<number>('offset'))

  return template(
    db
      .selectFrom(rest.length === 0 ? single.as('w') : page.as('w'))
      .innerJoin('document as d', 'd.key', 'w.key')
      .select('d.doc')
      .orderBy(sql`w.at is null`)
      .orderBy('w.at', direction)
      .orderBy('w.id', direction),
  )
}

export function sortOf({ sort }: Pick<PageShape, 'sort'>): Sort {
  return {
    column: sort === 'newest' || sort === 'oldest' ? 'start' : 'duration',
    direction: sort === 'newest' || sort === 'longest' ? 'desc' : 'asc',
  }
}

/** Whether all rows that match are read and sorted. */
export function isSorted(shape: Pick<PageShape, 'sort' | 'users' | 'plan'>): boolean {
  return sortOf(shape).column === 'duration' && (shape.plan === 'range' || shape.users > 0)
}

/** How each arm is walked. */
interface Walk {
  /** Rows to stop after. */
  readonly limit: RawBuilder<number>
  /** Begins after the row whose sort value and id are in the slots `lastAt` and `lastId`. */
  readonly resumed: boolean
}

export function armsOf(
  db: Kysely<Tables>,
  shape: PageShape,
  knowns: readonly Known[],
  walk: Walk,
): [ArmQuery, ...ArmQuery[]] {
  const owners = shape.users === 0 ? [undefined] : Array.from({ length: shape.users }, (_, index) => index)
  const [first, ...rest] = owners.flatMap((person) =>
    statusCodes[shape.status].flatMap((status) =>
      knowns.map((known) => arm(db, shape, { ...sortOf(shape), ...walk, person, status, known })),
    ),
  )
  if (first === undefined) throw new Error('A page has at least one arm')
  return [first, ...rest]
}

export function mergedArms(
  db: Kysely<Tables>,
  shape: PageShape,
  [first, ...rest]: readonly [ArmQuery, ...ArmQuery[]],
): SelectQueryBuilder<Tables & { a: ArmRow }, 'a', ArmRow> {
  // SQLite wants the order and limit of an arm inside a select of its own.
  const inner = (one: ArmQuery) => db.selectFrom(one.as('a')).selectAll()
  // An engagement of two of the users is in two arms; union keeps one of it.
  return rest.reduce(
    (all, one) => (shape.users > 1 ? all.union(inner(one)) : all.unionAll(inner(one))),
    inner(first),
  )
}

const commonSlots = [
  ...['tenant', 'startAfter', 'startBefore', 'endAfter', 'endBefore'],
  ...['lastKey', 'rows', 'offset', 'take'],
]

/** The slots of a page's statement, in the order of `pageValues`. @param users how many are asked for */
export function pageSlots(users: number): readonly string[] {
  return [...commonSlots, ...Array.from({ length: users }, (_, index) => `person${index}`)]
}

/**
 * @param people the keys of the users asked for
 * @param lastKey the last key that is let through, where the shape has `asOf`
 */
export function pageValues<P>(
  tenant: number,
  query: EngagementQuery,
  people: readonly P[],
  lastKey: number | null = null,
): (number | null | P)[] {
  const { startAfter = null, startBefore = null, endAfter = null, endBefore = null, limit, offset } = query
  // One arm alone has no limit of its own: the page's is put in its place.
  const take = Math.min(offset + limit + 1, Number.MAX_SAFE_INTEGER)
  return [tenant, startAfter, startBefore, endAfter, endBefore, lastKey, limit + 1, offset, take, ...people]
}

/** Which sort values are walked. */
export type Known = 'any' | 'known' | 'unknown'

interface Sort {
  readonly column: 'start' | 'duration'
  readonly direction: 'asc' | 'desc'
}

interface ArmRow {
  key: number
  at: number | null
  id: Uint8Array
}

type ArmQuery = SelectQueryBuilder<Tables, 'engagement', ArmRow>

interface Arm extends Sort, Walk {
  readonly person: number | undefined
  readonly status: StatusCode
  readonly known: Known
}

function arm(
  db: Kysely<Tables>,
  shape: PageShape,
  { column, direction, limit, resumed, person, status, known }: Arm,
) {
  const byStart = column === 'start'
  const sorted = isSorted(shape)
  const walked = sql.ref<number>('start_key')
  // Walked down, unknown starts come last by themselves.
  const at = !byStart ? sql.ref<number | null>('duration') : known === 'unknown' ? sql<null>`null` : walked
  const whose =
    person === undefined
      ? db
          .selectFrom('engagement')
          .where('tenant', '=', slot<number>('tenant'))
          .select(['key', at.as('at'), 'id'])
      : db
          .selectFrom('participant')
          .where('person', '=', slot<number>(`person${person}`))
          .select(['engagement as key', at.as('at'), 'id'])
  // Common to both tables from here on; the two builders differ in nothing that is used below.
  let query = (whose as ReturnType<typeof engagementsOf>).where('status', '=', sql.lit(status))
  if (known === 'known' && !byStart) query = query.where('duration', 'is not', null)
  if (known === 'unknown') query = byStart ? query.where(startUnknown()) : query.where('duration', 'is', null)

  // A unary plus keeps the planner from using an index for the term, and changes nothing else.
  const start = byStart || sorted ? walked : sql<number>`+${walked}`
  const order = byStart
    ? walked
    : !sorted
      ? sql.ref('duration')
      : known === 'any' && direction === 'asc'
        ? sql`coalesce(duration, 9e999)`
        : sql`+duration`
  // The row to go on after lies inside the range. The end that it has left behind would hide the nearer bound that it is.
  const passed = resumed && byStart ? direction : undefined
  if (shape.startAfter && passed !== 'asc')
    query = query.where(sql<SqlBool>`${start} >= ${slot('startAfter')}`)
  if (shape.startBefore && passed !== 'desc')
    query = query.where(sql<SqlBool>`${start} <= ${slot('startBefore')}`)
  // Of two bounds on one side the planner takes either, so that of known starts stands only where there is no nearer one.
  const bounded = byStart ? known === 'known' && passed !== 'asc' : shape.startBefore
  if (bounded && !shape.startAfter) query = query.where(startKnown(start))
  if (shape.endAfter) query = query.where('end_ms', '>=', slot<number>('endAfter'))
  if (shape.endBefore) query = query.where('end_ms', '<=', slot<number>('endBefore'))
  // Left to itself the planner might walk the keys instead of the order. The key is in every index anyway.
  const key = sql.ref(person === undefined ? 'key' : 'engagement')
  if (shape.asOf) query = query.where(sql<SqlBool>`+${key} <= ${slot('lastKey')}`)
  if (resumed) {
    const after = sql.raw(direction === 'asc' ? '>' : '<')
    query = query.where(
      known === 'unknown'
        ? sql<SqlBool>`id ${after} ${slot('lastId')}`
        : sql<SqlBool>`(${order}, id) ${after} (${slot('lastAt')}, ${slot('lastId')})`,
    )
  }
  return query.orderBy(order, direction).orderBy('id', direction).limit(limit)
}

function engagementsOf(db: Kysely<Tables>) {
  return db.selectFrom('engagement').select(['key', 'duration as at', 'id'])
}
