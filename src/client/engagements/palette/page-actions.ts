/** Everything that can be done on the page, by name. */
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { type PageQuery, pageQuery } from '../../../contract/query/page-query.ts'
import { askPlayer, namedCommands } from '../../player/offered-commands.ts'
import { givenStatuses, type Lacks } from '../../source-parts.ts'
import { paletteTexts } from '../../texts/en/palette.ts'
import { isPlayable } from '../nearest-recorded.ts'
import { applyChange } from '../page-url.ts'
import type { ReviewQueue } from '../selection/review-queue.ts'
import { type ReviewOfShown, reviewShown } from '../selection/review-shown.ts'
import { reviewedOf, setReviewed } from '../selection/reviewed.ts'
import type { SelectionState } from '../selection/use-selection.ts'

export interface Action {
  readonly name: string
  readonly key?: string
  run(): void
}

export interface PageActions extends ReviewOfShown {
  readonly tenant: string
  readonly lacks: Lacks
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
  const texts = paletteTexts()
  const heard = reviewedOf(tenant, [playing]).length > 0
  return [
    ...namedCommands().map(({ name, key, command }) => ({ name, key, run: () => void obey(command) })),
    {
      name: heard ? texts.markNotHeard : texts.markHeard,
      run: () => setReviewed(tenant, playing, !heard),
    },
    { name: texts.closePlayer, run: closePlayer },
  ]
}

const sorts = ['newest', 'oldest', 'longest', 'shortest'] as const

function ofFilter({ page, lacks, apply, press }: PageActions): Action[] {
  const texts = paletteTexts()
  const change = (name: string, part: Partial<PageQuery>): Action => ({
    name,
    run: () => apply(applyChange(page, part)),
  })
  return [
    { name: texts.filterPeople, key: '/', run: () => press('/') },
    ...givenStatuses(lacks).map((status) => change(texts.show[status], { status })),
    ...sorts.map((sort) => change(texts.sort[sort], { sort })),
    {
      name: texts.resetFilters,
      run: () => apply({ ...pageQuery.defaults, tz: page.tz, cols: page.cols, limit: page.limit }),
    },
    { name: texts.openViews, run: () => pressButton('views') },
    { name: texts.filterStart, run: () => pressButton('started') },
    { name: texts.filterEnd, run: () => pressButton('ended') },
  ]
}

function ofList({ page, hasMore, apply, press, showColumns }: PageActions): Action[] {
  const texts = paletteTexts()
  return [
    { name: texts.nextRow, key: 'j', run: () => press('j') },
    { name: texts.previousRow, key: 'k', run: () => press('k') },
    ...(hasMore ? [{ name: texts.nextPage, key: 'n', run: () => press('n') }] : []),
    ...(page.offset > 0
      ? [
          { name: texts.previousPage, key: 'p', run: () => press('p') },
          { name: texts.firstPage, run: () => apply(applyChange(page, { offset: 0 })) },
        ]
      : []),
    ...[10, 25, 50, 100].map((limit) => ({
      name: texts.rowsPerPage(limit),
      run: () => apply(applyChange(page, { limit })),
    })),
    { name: texts.chooseColumns, run: showColumns },
  ]
}

function ofRows({ rows, selecting, press }: PageActions): Action[] {
  const texts = paletteTexts()
  const { selection } = selecting
  return [
    { name: texts.selectRow, key: 'x', run: () => press('x') },
    { name: texts.selectPage, run: () => selecting.set(rows, true) },
    ...(selection.size > 0 ? [{ name: texts.clearSelection, run: selecting.clear }] : []),
  ]
}

function ofReview(given: PageActions): Action[] {
  const { selecting, queue, review } = given
  const texts = paletteTexts()
  const recorded = [...selecting.selection.values()].filter(isPlayable)
  return [
    ...(recorded.length > 0
      ? [
          {
            name: texts.reviewSelected,
            run: () => review({ of: 'selection', engagements: recorded }),
          },
        ]
      : []),
    { name: texts.reviewShown, run: () => void reviewShown(given) },
    ...(queue ? [{ name: texts.endReview, run: () => review(undefined) }] : []),
  ]
}

function ofPage({ lacks, showKeys }: PageActions): Action[] {
  const texts = paletteTexts()
  return [
    ...(lacks.has('export') ? [] : [{ name: texts.export, run: () => pressButton('export') }]),
    { name: texts.share, run: () => pressButton('share') },
    { name: texts.switchTheme, run: () => pressButton('theme') },
    { name: texts.showKeys, key: '?', run: showKeys },
    { name: texts.signOut, run: () => pressButton('sign-out') },
  ]
}

/** Buttons that keep what they do to themselves. */
function pressButton(command: string): void {
  const button = document.querySelector<HTMLElement>(`[data-command="${command}"]`)
  button?.focus()
  button?.click()
}
