/** Everything that can be done on the page, by name. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { type PageQuery, pageQuery } from '../../../contract/query/page-query.ts'
import { askPlayer, namedCommands } from '../../player/offered-commands.ts'
import { isPlayable } from '../nearest-recorded.ts'
import { applyChange } from '../page-url.ts'
import type { ReviewQueue } from '../selection/review-queue.ts'
import { isReviewed, keptReviewed, setReviewed } from '../selection/reviewed.ts'
import type { SelectionState } from '../selection/use-selection.ts'

export interface Action {
  readonly name: string
  readonly key?: string
  run(): void
}

export interface PageActions {
  readonly tenant: string
  readonly page: PageQuery
  readonly rows: readonly EngagementV1[]
  readonly hasMore: boolean
  readonly selecting: SelectionState
  readonly queue: ReviewQueue | undefined
  readonly playing: string | undefined
  apply(page: PageQuery): void
  showKeys(): void
  showColumns(): void
  closePlayer(): void
  review(queue: ReviewQueue | undefined): void
  /** The first hundred of the applied query. */
  reviewShown(): void
  /** A key of the page, as if it had been pressed. */
  press(key: string): void
}

/** What cannot be done at the moment is left out. */
export function actionsOf(given: PageActions): readonly Action[] {
  return [
    ...ofPlayer(given),
    ...ofFilter(given),
    ...ofList(given),
    ...ofRows(given),
    ...ofReview(given),
    ...ofPage(given),
  ]
}

function ofPlayer({ tenant, playing, closePlayer }: PageActions): Action[] {
  const obey = askPlayer()
  if (obey === undefined || playing === undefined) return []
  const heard = isReviewed(keptReviewed.read(), tenant, playing)
  return [
    ...namedCommands().map(({ name, key, command }) => ({ name, key, run: () => void obey(command) })),
    {
      name: heard ? 'Mark as not heard' : 'Mark as heard',
      run: () => setReviewed(tenant, playing, !heard),
    },
    { name: 'Close the player', run: closePlayer },
  ]
}

function ofFilter({ page, apply, press }: PageActions): Action[] {
  const change = (name: string, part: Partial<PageQuery>): Action => ({
    name,
    run: () => apply(applyChange(page, part)),
  })
  return [
    { name: 'Filter by people', key: '/', run: () => press('/') },
    change('Show successful engagements', { status: 'successful' }),
    change('Show unsuccessful engagements', { status: 'unsuccessful' }),
    change('Show all engagements', { status: 'all' }),
    change('Sort newest first', { sort: 'newest' }),
    change('Sort oldest first', { sort: 'oldest' }),
    change('Sort longest first', { sort: 'longest' }),
    change('Sort shortest first', { sort: 'shortest' }),
    {
      name: 'Reset the filters',
      run: () => apply({ ...pageQuery.defaults, tz: page.tz, cols: page.cols, limit: page.limit }),
    },
    { name: 'Open the views and recent searches', run: () => pressButton('views') },
    { name: 'Filter by start', run: () => pressButton('started') },
    { name: 'Filter by end', run: () => pressButton('ended') },
  ]
}

function ofList({ page, hasMore, apply, press, showColumns }: PageActions): Action[] {
  return [
    { name: 'Next row', key: 'j', run: () => press('j') },
    { name: 'Previous row', key: 'k', run: () => press('k') },
    ...(hasMore ? [{ name: 'Next page', key: 'n', run: () => press('n') }] : []),
    ...(page.offset > 0
      ? [
          { name: 'Previous page', key: 'p', run: () => press('p') },
          { name: 'First page', run: () => apply(applyChange(page, { offset: 0 })) },
        ]
      : []),
    ...[10, 25, 50, 100].map((limit) => ({
      name: `Show ${limit} rows a page`,
      run: () => apply(applyChange(page, { limit })),
    })),
    { name: 'Choose columns, widths and density', run: showColumns },
  ]
}

function ofRows({ rows, selecting, press }: PageActions): Action[] {
  const { selection } = selecting
  return [
    { name: 'Select the row, or let it go', key: 'x', run: () => press('x') },
    { name: 'Select all rows of this page', run: () => selecting.set(rows, true) },
    ...(selection.size > 0 ? [{ name: 'Clear the selection', run: selecting.clear }] : []),
  ]
}

function ofReview({ selecting, queue, review, reviewShown }: PageActions): Action[] {
  const recorded = [...selecting.selection.values()].filter(isPlayable)
  return [
    ...(recorded.length > 0
      ? [
          {
            name: 'Review the selected engagements',
            run: () => review({ of: 'selection', engagements: recorded }),
          },
        ]
      : []),
    { name: 'Review what is shown, the first 100 at most', run: reviewShown },
    ...(queue ? [{ name: 'End the review', run: () => review(undefined) }] : []),
  ]
}

function ofPage({ showKeys }: PageActions): Action[] {
  return [
    { name: 'Export what the filters let through', run: () => pressButton('export') },
    { name: 'Share what is shown', run: () => pressButton('share') },
    { name: 'Switch the theme', run: () => pressButton('theme') },
    { name: 'Show the keys', key: '?', run: showKeys },
    { name: 'Sign out', run: () => pressButton('sign-out') },
  ]
}

/** Buttons that keep what they do to themselves. */
function pressButton(command: string): void {
  const button = document.querySelector<HTMLElement>(`[data-command="${command}"]`)
  button?.focus()
  button?.click()
}
