import { X } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { selectionTexts } from '../../texts/en/selection.ts'
import { Button } from '../../ui/Button.tsx'
import { type CopyState, useCopy } from '../../ui/use-copy.ts'
import { WeightedText } from '../../ui/WeightedText.tsx'
import { isPlayable } from '../nearest-recorded.ts'
import type { ReviewQueue } from './review-queue.ts'
import { followReviewed, reviewedOf, setReviewed } from './reviewed.ts'
import { rowsAsText } from './rows-as-text.ts'
import styles from './SelectionBar.module.css'
import type { Selection } from './select.ts'

type Copied = 'links' | 'rows'

interface SelectionBarProps {
  readonly tenant: string
  readonly zone: string
  readonly selection: Selection
  readonly onPage: readonly EngagementV1[]
  readonly queue: ReviewQueue | undefined
  /** The id of the engagement in the player. */
  readonly playing: string | undefined
  linkTo(id: string): string
  onQueue(queue: ReviewQueue | undefined): void
  onClear(): void
}

/** At the foot of the page while rows are selected, or a review is under way. */
export function SelectionBar(props: SelectionBarProps) {
  const { tenant, zone, selection, onPage, queue, playing, linkTo, onQueue, onClear } = props
  const texts = selectionTexts()
  const engagements = [...selection.values()]
  const recorded = engagements.filter(isPlayable)
  const elsewhere = engagements.filter(({ id }) => !onPage.some((row) => row.id === id)).length
  const [copied, copy] = useCopy()
  const [what, setWhat] = useState<Copied>('links')
  const copyAs = (kind: Copied, text: string) => {
    setWhat(kind)
    copy(text)
  }
  const stateOf = (kind: Copied) => (what === kind ? copied : 'idle')
  return (
    <section aria-label={texts.bar} className={styles.bar} ref={keepRoom} data-keeps-focus tabIndex={-1}>
      {queue && <Review tenant={tenant} queue={queue} playing={playing} onEnd={() => onQueue(undefined)} />}
      {selection.size > 0 && (
        <>
          <p>
            <WeightedText parts={texts.selected(selection.size, elsewhere)} />
          </p>
          <Button onClick={() => copyAs('links', engagements.map(({ id = '' }) => linkTo(id)).join('\n'))}>
            {copyLabel(texts.copyLinks, stateOf('links'))}
          </Button>
          <Button onClick={() => copyAs('rows', rowsAsText(engagements, zone, linkTo))}>
            {copyLabel(texts.copyRows, stateOf('rows'))}
          </Button>
          {!queue && (
            <Button
              look="primary"
              disabled={recorded.length === 0}
              title={recorded.length === 0 ? texts.noneRecorded : undefined}
              onClick={() => onQueue({ of: 'selection', engagements: recorded })}
            >
              {texts.review}
            </Button>
          )}
          <Button look="ghost" icon aria-label={texts.clear} title={texts.clearHint} onClick={onClear}>
            <X size={16} aria-hidden />
          </Button>
        </>
      )}
      <p className="visually-hidden" role="status">
        {told(what, copied)}
      </p>
    </section>
  )
}

interface ReviewProps {
  readonly tenant: string
  readonly queue: ReviewQueue
  readonly playing: string | undefined
  onEnd(): void
}

function Review({ tenant, queue, playing, onEnd }: ReviewProps) {
  const texts = selectionTexts()
  const ids = queue.engagements.map(({ id = '' }) => id)
  const done = useSyncExternalStore(followReviewed, () => reviewedOf(tenant, ids).length)
  const marked = useSyncExternalStore(
    followReviewed,
    () => playing !== undefined && reviewedOf(tenant, [playing]).length > 0,
  )
  const ofAll = queue.of === 'filter' ? texts.heardOfShown : texts.heardOfSelection
  const progress = queue.more === undefined ? ofAll : texts.heardOfFirst
  return (
    <div className={styles.review}>
      <p role="status">
        <WeightedText parts={progress(done, ids.length)} />
      </p>
      {ids.includes(playing ?? '') && (
        <Button aria-pressed={marked} onClick={() => setReviewed(tenant, playing ?? '', !marked)}>
          {marked ? texts.heard : texts.markHeard}
        </Button>
      )}
      <Button look="ghost" onClick={onEnd}>
        {texts.endReview}
      </Button>
    </div>
  )
}

function copyLabel(label: string, state: CopyState): string {
  const { copied, refused } = selectionTexts()
  return { idle: label, copied, failed: refused }[state]
}

function told(what: Copied, state: CopyState): string {
  const texts = selectionTexts()
  const copied = { links: texts.linksCopied, rows: texts.rowsCopied }[what]
  return { idle: '', copied, failed: texts.notCopied }[state]
}

/** What has focus is scrolled above the bar, and the page ends above it. */
function keepRoom(bar: HTMLElement | null): (() => void) | undefined {
  if (bar === null) return undefined
  const page = document.documentElement.style
  const watch = new ResizeObserver(() => page.setProperty('--bar-height', `${bar.offsetHeight + 16}px`))
  watch.observe(bar)
  return () => {
    watch.disconnect()
    page.removeProperty('--bar-height')
  }
}
