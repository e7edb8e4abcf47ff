/**
 * One round over the engagements of one status: what was missing before, what ended since, what started since. The state is
 * written with the rows, so that a process which is killed has lost nothing, and doubles nothing when it goes on.
 */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { isIdentified } from '../import/read-row.ts'
import { commitHeld, type HeldCommit } from '../media/commit-held.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { SyncChange } from '../store/sync-changes.ts'
import type { SyncGap, SyncState, WalkKey, WalkUnderWay } from '../store/sync-state.ts'
import { lookAgainFrom, overlapMs } from './look-again.ts'
import type { Problems } from './problems.ts'
import type { TakenEngagement, TakeRecordings } from './take-upstream-recordings.ts'
import type { HistoryPage, UpstreamHistory } from './upstream-history.ts'
import { type StartSpan, secondOf, type WalkedPage, walkStarts } from './walk-starts.ts'

export interface RoundCounts {
  added: number
  changed: number
  unchanged: number
  recordings: number
}

export interface Round {
  readonly history: Pick<UpstreamHistory, 'page' | 'count'>
  readonly writer: Pick<EngagementWriter, 'write' | 'holdFiles'>
  readonly state: SyncState
  readonly take: TakeRecordings
  readonly media: HeldCommit<TakenEngagement>['media']
  readonly findRecording: HeldCommit<TakenEngagement>['findRecording']
  readonly problems: Problems
  readonly counts: RoundCounts
  /** Told how many are to come, as far as it is known, and of each page's. */
  readonly progress: { expect(rows: number | undefined): void; rows(count: number): void }
  readonly signal: AbortSignal
  readonly now: () => number
}

export interface RoundPart {
  readonly key: WalkKey
  readonly span: StartSpan
  /** `once`: walked whole each time it is asked for. `kept`: then only what is new. */
  readonly walks: 'once' | 'kept'
  /** Whether what was missing before is asked for again. */
  readonly gaps: 'again' | 'later'
}

/** @throws SourceFailure; an AbortError at the signal, between two pages or in a pause */
export async function syncStatus({ key, span, walks, gaps }: RoundPart, round: Round): Promise<void> {
  const { state, now } = round
  const before = await state.walk(key)
  const wholeMs = walks === 'kept' ? before.wholeMs : undefined
  const underWay: WalkUnderWay = before.underWay ?? { begunMs: now(), reachedMs: undefined }
  const put = (reachedMs: EpochMs | undefined): SyncChange => ({
    kind: 'put',
    key,
    state: { wholeMs, underWay: { ...underWay, reachedMs } },
  })

  const afresh = walks === 'once' && before.underWay === undefined
  if (!afresh && gaps === 'again') {
    for (const gap of await state.gaps(key)) {
      const sinceMs = now()
      await walkPages(key, { ...gap, toMs: gap.toMs + lastOfSecond }, undefined, round)
      await round.writer.write(
        key.tenant,
        [],
        [{ kind: 'clear-gaps', key, inside: gap, notedBeforeMs: sinceMs }],
      )
    }
  }
  const fromMs = wholeMs === undefined ? span.fromMs : await walkEnded(key, span, wholeMs, round)
  const left: StartSpan = { fromMs: latest(fromMs, underWay.reachedMs), toMs: span.toMs }
  const counted = await round.history.count(key.status, { ...left, fromMs: left.fromMs ?? firstStartMs })
  round.progress.expect(counted)
  const walked = await walkPages(key, left, undefined, round, put)
  if (counted !== undefined && counted > walked) await tellUncome(key, left, { counted, walked }, round)
  if (span.fromMs === undefined && span.toMs === undefined) await keepUndated(key, round)
  let fetchedMs = underWay.begunMs
  if (before.underWay !== undefined) {
    // It was broken off, and what it had behind it by then has gone on without it.
    fetchedMs = now()
    const againMs = await walkEnded(key, span, before.underWay.begunMs, round)
    await walkPages(key, { fromMs: againMs, toMs: span.toMs }, undefined, round)
  }
  const whole = { wholeMs: walks === 'kept' ? fetchedMs : undefined, underWay: undefined }
  // What a walk from the beginning has not noted anew is not missing any more.
  const found = { kind: 'clear-gaps', key, inside: allStarts, notedBeforeMs: underWay.begunMs } as const
  await round.writer.write(key.tenant, [], [{ kind: 'put', key, state: whole }, ...(afresh ? [found] : [])])
}

/**
 * Of what started long ago, what has ended since a moment.
 * @returns from which starts on everything has to be looked at again
 */
async function walkEnded(
  key: WalkKey,
  { fromMs, toMs }: StartSpan,
  sinceMs: EpochMs,
  round: Round,
): Promise<EpochMs> {
  const againMs = await lookAgainFrom(key, sinceMs, round.state)
  if (fromMs !== undefined && againMs <= fromMs) return fromMs
  const before = toMs === undefined ? againMs : Math.min(againMs, toMs)
  await walkPages(key, { fromMs, toMs: before }, sinceMs - overlapMs, round)
  return againMs
}

/** Before this nobody had calls of this kind; what is counted from here on has a start. */
const firstStartMs: EpochMs = 0

/** Gaps are told in whole seconds. */
const lastOfSecond = 999

const allStarts: SyncGap = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER }

function latest(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}

/** @returns how many rows came, each counted once */
async function walkPages(
  key: WalkKey,
  span: StartSpan,
  endAfterMs: EpochMs | undefined,
  round: Round,
  put?: (reachedMs: EpochMs | undefined) => SyncChange,
  offset = 0,
): Promise<number> {
  if ((span.fromMs ?? 0) > (span.toMs ?? Number.POSITIVE_INFINITY)) return 0
  let rows = 0
  const ask = (window: Parameters<UpstreamHistory['page']>[1]) => {
    round.signal.throwIfAborted()
    return round.history.page({ status: key.status, endAfterMs }, window)
  }
  for await (const walked of walkStarts(span, ask, offset)) {
    await keepPage(key, span, walked, round, put)
    const came = walked.fresh.length + walked.page.unread.length
    rows += came
    round.progress.rows(came)
  }
  return rows
}

async function keepPage(
  key: WalkKey,
  span: StartSpan,
  { page, window, fresh, next }: WalkedPage<HistoryPage>,
  round: Round,
  put: ((reachedMs: EpochMs | undefined) => SyncChange) | undefined,
): Promise<void> {
  const { writer, problems, counts, take, now } = round
  const found: SyncGap[] = []
  const noteMissing = ({ engagement, missing }: TakenEngagement) => {
    for (const one of missing) problems.add(one)
    const startMs = secondOf(engagement.startDate)
    if (missing.length > 0 && startMs !== undefined) found.push({ fromMs: startMs, toMs: startMs })
  }
  let batch: TakenEngagement[] = []
  const flush = async (alongside: () => readonly SyncChange[] = () => []) => {
    const again = ({ engagement: { id } }: TakenEngagement) => {
      const asItCame = fresh.filter(isIdentified).find((one) => one.id === id)
      return asItCame === undefined ? Promise.resolve(undefined) : take(asItCame)
    }
    const written = await commitHeld(batch, { ...round, tenant: key.tenant, again }, async (rows) => {
      for (const row of rows) noteMissing(row)
      const { added, changed, unchanged } = await writer.write(key.tenant, rows, alongside())
      counts.added += added
      counts.changed += changed
      counts.unchanged += unchanged
      return rows
    })
    batch = []
    const halves = written.flatMap(({ downloads }) => downloads)
    for (const half of halves) await half.remove()
    counts.recordings += halves.length
  }
  for (const engagement of fresh.filter(isIdentified)) {
    // It was asked for whole seconds.
    if (isLater(engagement, span.toMs)) continue
    const taken = await take(engagement)
    batch.push(taken)
    // What took long to come is not fetched twice for the sake of the rest of the page.
    if (taken.downloads.length > 0) await flush()
  }
  for (const { id, startMs, errors } of page.unreadEngagements) {
    for (const { field, value, message } of errors)
      problems.add({ engagement: id, field, why: `${message}, not ${value}` })
    found.push(startMs === undefined ? placeOf(page, window) : { fromMs: startMs, toMs: startMs })
  }
  await flush(() => {
    const noted = found.map((gap): SyncChange => ({ kind: 'note-gap', key, gap, notedMs: now() }))
    return put === undefined ? noted : [...noted, put(next?.fromMs ?? window.fromMs)]
  })
}

function isLater({ startDate }: EngagementV1, toMs: EpochMs | undefined): boolean {
  return toMs !== undefined && startDate !== undefined && Date.parse(startDate) > toMs
}

/** The starts that a page is of. */
function placeOf({ engagements }: HistoryPage, { fromMs, toMs }: StartSpan): SyncGap {
  const starts = engagements.flatMap(({ startDate }) => secondOf(startDate) ?? [])
  return {
    fromMs: fromMs ?? Math.min(...starts, toMs ?? 0),
    toMs: Math.max(...starts, fromMs ?? 0),
  }
}

/**
 * No start bounds what has none, so that its place in the order is the only way to it: after all the others. Known where the
 * upstream counts.
 */
async function keepUndated(key: WalkKey, round: Round): Promise<void> {
  const everything: StartSpan = { fromMs: undefined, toMs: undefined }
  const all = await round.history.count(key.status, everything)
  const dated = await round.history.count(key.status, { ...everything, fromMs: firstStartMs })
  if (all === undefined || dated === undefined || all <= dated) return
  await walkPages(key, everything, undefined, round, undefined, dated)
}

/** The upstream counted more than came. What was taken away there meanwhile, or has arrived since, is no loss. */
async function tellUncome(
  { status }: WalkKey,
  span: StartSpan,
  { counted, walked }: { readonly counted: number; readonly walked: number },
  { history, problems }: Round,
): Promise<void> {
  const now = (await history.count(status, { ...span, fromMs: span.fromMs ?? firstStartMs })) ?? counted
  const all = Math.min(counted, now)
  if (all <= walked) return
  const why = `the upstream counts ${all} ${status} engagements, and gave ${walked}`
  problems.add({ engagement: undefined, field: 'id', why })
}
