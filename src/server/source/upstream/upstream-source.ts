/** Engagements that an existing Live Experience host has: asked for in the name of whoever asks, and never kept. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { peopleV1 } from '../../../contract/model/people.ts'
import {
  countQuery,
  type EngagementFilter,
  engagementQuery,
} from '../../../contract/query/engagement-query.ts'
import { peopleQuery } from '../../../contract/query/people-query.ts'
import {
  type Reading,
  readEngagement,
  readEngagementList,
  writeEngagement,
} from '../../../contract/representation/json.ts'
import { pathOf, routes } from '../../../contract/routes.ts'
import type { Identity } from '../../auth/identity.ts'
import type { EngagementSource } from '../engagement-source.ts'
import { SourceFailure } from '../source-failure.ts'
import type { AskAs } from './ask-as.ts'
import { boundText, isWithin } from './asked-bounds.ts'
import type { KnownParts, ProbedPart } from './known-parts.ts'
import type { RecordingAddresses } from './recording-addresses.ts'
import type { UpstreamLimits } from './upstream-limits.ts'

export interface UpstreamSourceParts {
  readonly askAs: AskAs
  readonly known: KnownParts
  readonly addresses: RecordingAddresses
  readonly limits: UpstreamLimits
}

const smallBytes = 1024 * 1024

/** The source as one person sees it. */
export function upstreamSourceOf(
  identity: Identity,
  { askAs, known, addresses, limits }: UpstreamSourceParts,
): EngagementSource {
  const { tenant } = identity
  const ask = (path: string, mostBytes = smallBytes) => askAs(identity, path, mostBytes)

  const write = ({ recordings, ...engagement }: EngagementV1): string =>
    writeEngagement({
      ...engagement,
      recordings: recordings?.map(({ uri, ...recording }) => ({
        ...(uri !== undefined && { uri: addresses.oursFor(tenant, uri) }),
        ...recording,
      })),
    })

  /** Asked once: an upstream that does not know an address is not asked for it again. */
  const askPart = async (part: ProbedPart, path: string): Promise<unknown> => {
    if (known.lacks(tenant, part)) throw notGiven(part)
    const { status, body } = await ask(path)
    if (status === 200) return body
    if (!isUnknownAddress(status))
      throw new SourceFailure('unreadable', `the upstream answered ${status} to ${part}`)
    return undefined
  }
  const lacking = (part: ProbedPart): SourceFailure => {
    known.note(tenant, part, 'lacking')
    return notGiven(part)
  }

  return {
    async page(_, query) {
      refuseUngiven(query)
      const path = pathOf(routes.engagements, { tenant }, asked(engagementQuery.write(query), query))
      const { status, body } = await ask(path, limits.pageBytes)
      if (status !== 200) throw new SourceFailure('unreadable', `the upstream answered ${status} to a page`)
      const { hasMore, engagements, unread } = orUnreadable(readEngagementList(body, query.limit))
      const documents = engagements.filter((row) => isWithin(row, query)).map(write)
      return { hasMore, documents, unread }
    },

    version: () => undefined,

    arrivedBy() {
      throw notGiven('asOf')
    },

    async count(_, filter) {
      refuseUngiven(filter)
      const body = await askPart(
        'count',
        pathOf(routes.count, { tenant }, asked(countQuery.write(filter), filter)),
      )
      const count = readCount(body)
      if (count === undefined) throw lacking('count')
      known.note(tenant, 'count', 'given')
      return count
    },

    async engagement(_, id) {
      // Whoever writes addresses would leave these out of them.
      if (/^\.{0,2}$/.test(id)) return undefined
      const body = await askPart('engagement', pathOf(routes.engagement, { tenant, id }))
      if (body === undefined) return undefined
      const engagement = orUnreadable(readEngagement(body))
      // Something else altogether, such as a list of all.
      if (engagement.id !== id) throw lacking('engagement')
      known.note(tenant, 'engagement', 'given')
      return write(engagement)
    },

    async users(_, query) {
      const people = peopleV1.safeParse(
        await askPart('users', pathOf(routes.users, { tenant }, peopleQuery.write(query))),
      )
      if (!people.success) throw lacking('users')
      known.note(tenant, 'users', 'given')
      return people.data.users.map(({ uri }) => uri)
    },
  }
}

function notGiven(what: string): SourceFailure {
  return new SourceFailure('not-given', what)
}

/** @throws SourceFailure for what the reference does not know */
function refuseUngiven({ status, asOf }: Pick<EngagementFilter, 'status' | 'asOf'>): void {
  if (asOf !== undefined) throw notGiven('asOf')
  if (status === 'all') throw notGiven('status=all')
}

/** The entries of a query, its dates as the reference has them. */
function asked(
  entries: readonly (readonly [string, string])[],
  filter: EngagementFilter,
): [string, string][] {
  return entries.map(([name, value]) => {
    switch (name) {
      case 'startAfter':
      case 'startBefore':
      case 'endAfter':
      case 'endBefore':
        return [name, boundText(name, filter[name] ?? 0)]
      default:
        return [name, value]
    }
  })
}

/** What hosts say of addresses that they do not have. */
function isUnknownAddress(status: number): boolean {
  return [400, 404, 405, 410].includes(status)
}

/** The reference does not say how a count is written. @returns undefined for what is none */
function readCount(body: unknown): number | undefined {
  const given = typeof body === 'object' && body !== null && 'count' in body ? body.count : body
  if (typeof given === 'string' ? !/^\d{1,15}$/.test(given) : typeof given !== 'number') return undefined
  const count = Number(given)
  return Number.isSafeInteger(count) && count >= 0 ? count : undefined
}

function orUnreadable<T>(reading: Reading<T>): T {
  if (reading.ok) return reading.value
  const fields = reading.errors.map(({ field, message }) => `${field}: ${message}`).join('; ')
  throw new SourceFailure('unreadable', `the upstream’s answer was not understood: ${fields}`)
}
