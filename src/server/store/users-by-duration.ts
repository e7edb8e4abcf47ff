/**
 * Pages by duration of users who took part in much. There is no order by duration of their own: few engagements are sorted, and
 * among many the tenant's order is walked, each row looked up among theirs, as some of them soon come. Where they do not, as of
 * somebody whose calls are all of one length, the walk is given up.
 */
import { type Kysely, sql } from 'kysely'
import type { EngagementQuery } from '../../contract/query/engagement-query.ts'
import { createKeptByVersion } from './kept-by-version.ts'
import { filterShape, matching, matchingValues } from './matching.ts'
import { armsOf, type PageShape, sortOf } from './page-statement.ts'
import { statusCodes, type Tables } from './schema.ts'
import { slot, type Template, template } from './statement.ts'
import type { StatementCache } from './statement-cache.ts'

const mostKept = 200
/** What looking up a row costs, in rows that are sorted. */
const lookUpCost = 5

/**
 * @param asked tenant and users by their keys; `rows` is how many keys the tenant has used at most
 * @returns the documents, one more than the page where there is one; nothing: their engagements are to be sorted
 */
export type ReadUsersByDuration = (
  asked: {
    readonly tenant: number
    readonly people: readonly number[]
    readonly lastKey: number | undefined
    readonly version: string
    readonly rows: number
  },
  query: EngagementQuery,
) => readonly string[] | undefined

export function createUsersByDuration(prepared: StatementCache, db: Kysely<Tables>): ReadUsersByDuration {
  const counts = createKeptByVersion<number>(mostKept)

  return ({ tenant, people, lastKey, version, rows }, query) => {
    const { limit, offset, status } = query
    if (people.length === 0 || status === 'all' || sortOf(query).column !== 'duration') return undefined
    const shape: PageShape = {
      ...filterShape(query, people.length, lastKey !== undefined),
      sort: query.sort,
      plan: 'walk',
    }
    const text = Object.values(shape).join(' ')
    const values = matchingValues(tenant, people, query, lastKey)
    // Of n among all rows each nth is theirs: walking to the end of the page costs as much as sorting so many.
    const asDear = Math.ceil(Math.sqrt(lookUpCost * (offset + limit + 1) * rows))
    const key = `${asDear} ${text} ${Object.values(values).join(' ')}`
    const count = counts.of(key, version, () => {
      const counting = prepared(`users up to ${text}`, () => countUpTo(db, shape))
      return Number(counting.get({ ...values, most: asDear })?.n)
    })
    if (count < asDear) return undefined
    const walk = prepared(`users by duration ${text}`, () => walkForUsers(db, shape))
    const documents = walk.rows({ ...values, passed: asDear >> 1, rows: limit + 1, offset })
    return documents.length > limit ? documents.map(([doc]) => String(doc)) : undefined
  }
}

/** Slots: those of `matching`, and `most`. */
function countUpTo(db: Kysely<Tables>, shape: PageShape): Template {
  const { startAfter, startBefore, users } = shape
  const owned = { users, startAfter, startBefore, endAfter: false, endBefore: false, asOf: false }
  const some = matching(db, owned, statusCodes[shape.status])
    .select('status')
    .limit(sql<number>`+${slot('most')}`)
  return template(db.selectFrom(some.as('s')).select(sql<number>`count(*)`.as('n')))
}

/** Slots: those of a page but `take`, and `passed`. Gives the documents in order, of known durations alone. */
export function walkForUsers(db: Kysely<Tables>, shape: PageShape): Template {
  const { direction } = sortOf(shape)
  const people = Array.from({ length: shape.users }, (_, index) => slot<number>(`person${index}`))
  const passed = sql<number>`+${slot('passed')}`
  const [walked] = armsOf(db, { ...shape, users: 0 }, ['known'], { limit: passed, resumed: false })
  // Its limit keeps the walk in its order.
  const theirs = db
    .selectFrom(walked.select(['start_key', 'status']).as('t'))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('participant as p')
          .select('p.engagement')
          .where('p.person', 'in', people)
          .whereRef('p.status', '=', 't.status')
          .whereRef('p.start_key', '=', 't.start_key')
          .whereRef('p.id', '=', 't.id'),
      ),
    )
    .select(['t.key', 't.at', 't.id'])
    .limit(sql<number>`+${slot('rows')}`)
    .offset(slot<number>('offset'))
  return template(
    db
      .selectFrom(theirs.as('w'))
      .innerJoin('document as d', 'd.key', 'w.key')
      .select('d.doc')
      .orderBy('w.at', direction)
      .orderBy('w.id', direction),
  )
}
