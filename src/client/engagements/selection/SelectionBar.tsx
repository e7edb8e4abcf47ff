import { X } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { Button } from '../../ui/Button.tsx'
import { type CopyState, useCopy } from '../../ui/use-copy.ts'
import { isPlayable } from '../nearest-recorded.ts'
import { type ReviewQueue, reviewText } from './review-queue.ts'
import { isReviewed, keptReviewed, setReviewed } from './reviewed.ts'
import { rowsAsText } from './rows-as-text.ts'
import styles from './SelectionBar.module.css'
import type { Selection } from './select.ts'

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
  const engagements = [...selection.values()]
  const recorded = engagements.filter(isPlayable)
  const elsewhere = engagements.filter(({ id }) => !onPage.some((row) => row.id === id)).length
  const [copied, copy] = useCopy()
  const [what, setWhat] = useState<'Links' | 'Rows'>('Links')
  const copyAs = (kind: 'Links' | 'Rows', text: string) => {
    setWhat(kind)
    copy(text)
  }
  const stateOf = (kind: 'Links' | 'Rows') => (what === kind ? copied : 'idle')
  return (
    <section aria-label="Selected rows" className={styles.bar} ref={keepRoom}>
      {queue && <Review tenant={tenant} queue={queue} playing={playing} onEnd={() => onQueue(undefined)} />}
      {selection.size > 0 && (
        <>
          <p>
            <strong className="num">{selection.size} selected</strong>
            {elsewhere > 0 && <span className="muted">, {elsewhere} not on this page</span>}
          </p>
          <Button onClick={() => copyAs('Links', engagements.map(({ id = '' }) => linkTo(id)).join('\n'))}>
            {copyLabel('Copy links', stateOf('Links'))}
          </Button>
          <Button onClick={() => copyAs('Rows', rowsAsText(engagements, zone, linkTo))}>
            {copyLabel('Copy rows as text', stateOf('Rows'))}
          </Button>
          {!queue && (
            <Button
              look="primary"
              disabled={recorded.length === 0}
              title={recorded.length === 0 ? 'None of them has a recording' : undefined}
              onClick={() => onQueue({ of: 'selection', engagements: recorded })}
            >
              Review
            </Button>
          )}
          <Button look="ghost" icon aria-label="Clear the selection" title="Clear" onClick={onClear}>
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
  const kept = useSyncExternalStore(keptReviewed.subscribe, keptReviewed.read)
  const { engagements } = queue
  const done = engagements.filter(({ id = '' }) => isReviewed(kept, tenant, id)).length
  const at = engagements.findIndex(({ id }) => id === playing)
  const marked = playing !== undefined && isReviewed(kept, tenant, playing)
  return (
    <div className={styles.review}>
      <p role="status">
        <strong className="num">{reviewText(done, engagements.length)}</strong>{' '}
        <span className="muted">
          {queue.of === 'filter' ? 'of what is shown' : 'of the selection'}, kept on this device
        </span>
      </p>
      {at >= 0 && (
        <Button aria-pressed={marked} onClick={() => setReviewed(tenant, playing ?? '', !marked)}>
          {marked ? 'Heard' : 'Mark as heard'}
        </Button>
      )}
      <Button look="ghost" onClick={onEnd}>
        End review
      </Button>
    </div>
  )
}

function copyLabel(label: string, state: CopyState): string {
  return { idle: label, copied: 'Copied', failed: 'The browser refused' }[state]
}

function told(what: string, state: CopyState): string {
  return { idle: '', copied: `${what} copied.`, failed: 'The browser refused to copy.' }[state]
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
