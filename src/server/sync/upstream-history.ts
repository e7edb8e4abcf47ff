/** An upstream as a sync asks it: by windows of starts, one question at a time, at a pace, and with patience. */
import { engagementQuery, mostRows } from '../../contract/query/engagement-query.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { readEngagementList } from '../../contract/representation/json.ts'
import { pathOf, routes } from '../../contract/routes.ts'
import type { Pair } from '../auth/access.ts'
import type { UpstreamAccess } from '../auth/identity.ts'
import { SourceFailure } from '../source/source-failure.ts'
import { createAskAs } from '../source/upstream/ask-as.ts'
import { boundText } from '../source/upstream/asked-bounds.ts'
import { publicAddresses } from '../source/upstream/guarded-agent.ts'
import { createKnownParts } from '../source/upstream/known-parts.ts'
import type { UpstreamSettings } from '../source/upstream/open-upstream.ts'
import { createRecordingAddresses } from '../source/upstream/recording-addresses.ts'
import { createUpstreamAccess } from '../source/upstream/upstream-access.ts'
import { createUpstreamClient } from '../source/upstream/upstream-client.ts'
import { type UpstreamLimits, upstreamLimits } from '../source/upstream/upstream-limits.ts'
import {
  createUpstreamRecordings,
  type OpenRecording,
  type RecordingQuestion,
} from '../source/upstream/upstream-recordings.ts'
import { upstreamSourceOf } from '../source/upstream/upstream-source.ts'
import type { WalkedStatus } from '../store/schema.ts'
import { createPace } from './pace.ts'
import { createPatience, type PatienceLimits, type Patiently, patienceLimits } from './patience.ts'
import { asPerson } from './person.ts'
import { type UnreadEngagement, unreadEngagements } from './unread-engagements.ts'
import type { StartSpan, Window, WindowPage } from './walk-starts.ts'

export interface HistoryPage extends WindowPage {
  readonly unreadEngagements: readonly UnreadEngagement[]
}

export interface HistoryFilter {
  readonly status: WalkedStatus
  /** Only those that ended by then or later; undefined: those that have not ended as well. */
  readonly endAfterMs: EpochMs | undefined
}

export interface UpstreamHistory {
  /** @throws SourceFailure when patience did not help */
  page(filter: HistoryFilter, window: Window): Promise<HistoryPage>
  /** How many there are in a span; undefined where the upstream does not count. @throws SourceFailure */
  count(status: WalkedStatus, span: StartSpan): Promise<number | undefined>
  /** The absolute address of what an engagement's `uri` names. */
  addressOf(uri: string): string
  /** Asks once. @returns undefined where there is no such recording @throws SourceFailure, NotAllowed */
  openRecording(
    uri: string,
    question: RecordingQuestion,
    signal: AbortSignal,
  ): Promise<OpenRecording | undefined>
  /** For recordings: of one that is broken the others need not wait long. */
  readonly patiently: Patiently
  close(): Promise<void>
}

/** A recording lies where nobody may be asked for it. */
export class NotAllowed extends Error {}

/** Each question is tried once here and by patience again; pages may be slow, as nobody looks at them. */
const syncLimits: UpstreamLimits = { ...upstreamLimits, tries: 1, answerMs: 60_000 }

const recordingTries = 4

export interface HistoryOptions {
  readonly settings: UpstreamSettings
  readonly tenant: string
  /** Email and password. */
  readonly person: Pair
  /** Questions a second. */
  readonly rate: number
  readonly signal: AbortSignal
  readonly waiting: (why: string, pauseMs: number) => void
  readonly patience?: PatienceLimits
  readonly now?: () => number
}

export function openUpstreamHistory({
  settings: { url, clients, recordingHosts },
  tenant,
  person,
  rate,
  signal,
  waiting,
  patience = patienceLimits,
  now = Date.now,
}: HistoryOptions): UpstreamHistory {
  const refused = new WeakSet<UpstreamAccess>()
  const client = createUpstreamClient(url, syncLimits)
  const access = createUpstreamAccess({ client, clients, refusedSignIn: () => {}, now })
  const askAs = createAskAs(client, refused)
  // These addresses never leave the process.
  const addresses = createRecordingAddresses(crypto.randomUUID(), url, recordingHosts)
  const recordings = createUpstreamRecordings({
    upstream: url,
    addresses,
    refused,
    rule: publicAddresses,
    limits: syncLimits,
  })
  const known = createKnownParts(now)
  const patient = { limits: patience, pace: createPace(rate, signal), signal, waiting }
  const patiently = createPatience(patient)
  const as = asPerson(access, tenant, person, now)
  const ourPath = pathOf(routes.recording, { tenant, recordingId: '' })
  const addressOf = (uri: string) =>
    /^[a-z][a-z0-9+.-]*:/i.test(uri) ? uri : (URL.parse(uri, url)?.href ?? uri)

  return {
    patiently: createPatience({
      ...patient,
      limits: { ...patience, tries: Math.min(patience.tries, recordingTries) },
    }),
    addressOf,
    page: (filter, window) =>
      patiently(async () => {
        const path = pathOf(routes.engagements, { tenant }, asked(filter, window))
        const { status, body } = await as((identity) => askAs(identity, path, syncLimits.pageBytes))
        if (status !== 200) throw new SourceFailure('not-given', `the upstream answered ${status} to a page`)
        const list = readEngagementList(body, mostRows)
        if (!list.ok) throw new SourceFailure('unreadable', 'the upstream gave no list of engagements')
        return { ...list.value, unreadEngagements: unreadEngagements(body, list.value) }
      }),
    async count(status, { fromMs, toMs }) {
      const filter = { ...engagementQuery.defaults, status, startAfter: fromMs, startBefore: toMs }
      try {
        return await patiently(() =>
          as((identity) =>
            upstreamSourceOf(identity, { askAs, known, addresses, limits: syncLimits }).count(tenant, filter),
          ),
        )
      } catch (error) {
        // It is told to people, and nothing depends on it.
        if (error instanceof SourceFailure) return undefined
        throw error
      }
    },
    openRecording(uri, question, gone) {
      const ours = addresses.oursFor(tenant, uri)
      if (ours === uri)
        throw new NotAllowed('lies neither on the upstream nor on one of UPSTREAM_RECORDING_HOSTS')
      return as((identity) => recordings.open(identity, ours.slice(ourPath.length), question, gone))
    },
    async close() {
      await Promise.all([client.close(), recordings.close()])
    },
  }
}

function asked({ status, endAfterMs }: HistoryFilter, { fromMs, toMs, offset }: Window): [string, string][] {
  const bound = (name: 'startAfter' | 'startBefore' | 'endAfter', atMs: EpochMs | undefined) =>
    atMs === undefined ? [] : [[name, boundText(name, atMs)] satisfies [string, string]]
  return [
    ['status', status],
    ...bound('startAfter', fromMs),
    ...bound('startBefore', toMs),
    ...bound('endAfter', endAfterMs),
    ['limit', String(mostRows)],
    ['offset', String(offset)],
    ['sort', 'oldest'],
  ]
}
