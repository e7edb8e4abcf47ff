/**
 * A walk through an upstream's engagements of one status, by start date. Every page is a window of its own that begins at the
 * second in which the page before it ended, so that nothing which arrives meanwhile shifts a page; an offset is used only
 * where a single second has more engagements than a page.
 */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { UnreadRow } from '../../contract/model/unread-row.ts'
import type { EpochMs } from '../../contract/query/instant.ts'
import { SourceFailure } from '../source/source-failure.ts'

/** Starts, both ends inclusive, in whole seconds; undefined: without such an end. */
export interface StartSpan {
  readonly fromMs: EpochMs | undefined
  readonly toMs: EpochMs | undefined
}

export interface Window extends StartSpan {
  readonly offset: number
}

/** What an upstream gives for a window, oldest first. */
export interface WindowPage {
  readonly hasMore: boolean
  readonly engagements: readonly EngagementV1[]
  /** Those that could not be read, by their place in the page. */
  readonly unread: readonly UnreadRow[]
}

export interface WalkedPage<P extends WindowPage> {
  readonly page: P
  readonly window: Window
  /** Its engagements but those that the page before has had. */
  readonly fresh: readonly EngagementV1[]
  /** To go on with, once these are kept; undefined: this page is the last. */
  readonly next: Window | undefined
}

/**
 * Gives every engagement that is in the span when the walk begins and stays there, at least once; of those that arrive
 * meanwhile, the ones that started later than what has been given by then.
 * @param offset to begin with
 * @throws SourceFailure where the upstream does not keep to the window or the order
 */
export async function* walkStarts<P extends WindowPage>(
  span: StartSpan,
  ask: (window: Window) => Promise<P>,
  offset = 0,
): AsyncGenerator<WalkedPage<P>> {
  let window: Window = { ...span, offset }
  /** Ids that were given and start in the window's first second. */
  let given = new Set<string>()
  for (;;) {
    const page = await ask(window)
    const rows = page.engagements.length + page.unread.length
    const lastMs = lastSecond(page.engagements, window.fromMs)
    if (page.hasMore && rows === 0)
      throw new SourceFailure('unreadable', 'the upstream says that more follows, and gives nothing')
    const next: Window | undefined = !page.hasMore
      ? undefined
      : lastMs === window.fromMs
        ? { ...window, offset: window.offset + rows }
        : { ...window, fromMs: lastMs, offset: 0 }
    const fresh = page.engagements.filter(({ id }) => id === undefined || !given.has(id))
    yield { page, window, fresh, next }
    if (next === undefined) return
    if (next.offset === 0) given = new Set()
    for (const { id, startDate } of page.engagements)
      if (id !== undefined && secondOf(startDate) === next.fromMs) given.add(id)
    window = next
  }
}

/** The second in which the last of them starts. @throws SourceFailure when they are not in order */
function lastSecond(engagements: readonly EngagementV1[], fromMs: EpochMs | undefined): EpochMs | undefined {
  let lastMs = fromMs
  for (const { startDate } of engagements) {
    const atMs = secondOf(startDate)
    if (atMs === undefined) continue
    if (lastMs !== undefined && atMs < lastMs)
      throw new SourceFailure('unreadable', 'the upstream keeps neither to startAfter nor to sort=oldest')
    lastMs = atMs
  }
  return lastMs
}

const secondMs = 1000

/** @returns undefined where there is no date */
export function secondOf(date: string | undefined): EpochMs | undefined {
  return date === undefined ? undefined : Math.floor(Date.parse(date) / secondMs) * secondMs
}
