/** The kinds of question that a history of any length is asked, each with many of its kind. */
import { countQuery, type EngagementQuery, engagementQuery } from '../src/contract/query/engagement-query.ts'
import { histogramQuery } from '../src/contract/query/histogram-query.ts'
import { pathOf, routes } from '../src/contract/routes.ts'
import { associates } from '../src/server/demo/people.ts'
import type { Random } from '../src/server/demo/random.ts'
import { benchTenant, spanDays, untilMs } from './dataset.ts'

export interface QueryClass {
  readonly name: string
  readonly kind: 'page' | 'count' | 'histogram'
  /** Of one user or more: not held to the first page's time. */
  readonly users: boolean
  /** Path and query of one of its questions. @param matches how many engagements the API's defaults let through */
  address(random: Random, matches: number): string
}

type Filter = Partial<EngagementQuery>
type MakeFilter = (random: Random) => Filter

const dayMs = 86_400_000
const month = (random: Random): [number, number] => {
  const to = untilMs - random.between(0, spanDays - 31) * dayMs - random.between(0, 86_399) * 1000
  return [to - 30 * dayMs, to]
}
const someUsers = (count: number) => (random: Random) => {
  const from = random.between(0, associates.length - count)
  return { user: associates.slice(from, from + count).map(({ email }) => email) }
}

const filters: Readonly<Record<string, MakeFilter>> = {
  status: () => ({ status: 'unsuccessful' }),
  user: someUsers(1),
  start: (random) => {
    const [startAfter, startBefore] = month(random)
    return { startAfter, startBefore }
  },
  end: (random) => {
    const [endAfter, endBefore] = month(random)
    return { endAfter, endBefore }
  },
}

const names = Object.keys(filters)
/** Without any, each alone, and each two. */
const combinations: readonly (readonly string[])[] = [
  [],
  ...names.map((name) => [name]),
  ...names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other])),
]
const asked: readonly { readonly name: string; readonly users: boolean; readonly make: MakeFilter }[] = [
  ...combinations.map((combination) => ({
    name: combination.join(' + ') || 'no filter',
    users: combination.includes('user'),
    make: (random: Random) =>
      Object.assign({}, ...combination.map((name) => filters[name]?.(random))) as Filter,
  })),
  { name: 'three users', users: true, make: someUsers(3) },
]

const page = (query: Filter) =>
  pathOf(
    routes.engagements,
    { tenant: benchTenant },
    engagementQuery.write({ ...engagementQuery.defaults, limit: 50, ...query }),
  )

export const firstPage = 'page, no filter'
export const sorts = ['newest', 'oldest', 'longest', 'shortest'] as const

export const queryClasses: readonly QueryClass[] = [
  ...asked.map(
    ({ name, users, make }): QueryClass => ({
      name: `page, ${name}`,
      kind: 'page',
      users,
      address: (random) => page(make(random)),
    }),
  ),
  ...sorts.slice(1).flatMap((sort): QueryClass[] => [
    { name: `page, ${sort}`, kind: 'page', users: false, address: () => page({ sort }) },
    {
      name: `page, ${sort}, user`,
      kind: 'page',
      users: true,
      address: (random) => page({ sort, ...someUsers(1)(random) }),
    },
    {
      name: `page, ${sort}, start`,
      kind: 'page',
      users: false,
      address: (random) => page({ sort, ...filters.start?.(random) }),
    },
  ]),
  ...sorts.flatMap((sort) =>
    [0.1, 0.9].map(
      (share): QueryClass => ({
        name: `page, ${sort}, offset ${share * 100} %`,
        kind: 'page',
        users: false,
        address: (random, matches) =>
          page({ sort, offset: Math.floor(matches * share) + random.between(0, 99) }),
      }),
    ),
  ),
  ...asked.flatMap(({ name, users, make }): QueryClass[] => [
    {
      name: `count, ${name}`,
      kind: 'count',
      users,
      address: (random) =>
        pathOf(
          routes.count,
          { tenant: benchTenant },
          countQuery.write({ ...countQuery.defaults, ...make(random) }),
        ),
    },
    {
      name: `histogram, ${name}`,
      kind: 'histogram',
      users,
      address: (random) =>
        pathOf(
          routes.histogram,
          { tenant: benchTenant },
          histogramQuery.write({ ...histogramQuery.defaults, ...make(random) }),
        ),
    },
  ]),
]
