import { useMutation } from '@tanstack/react-query'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { ApiError } from '../../api/fetch-json.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { WeightedText } from '../../ui/WeightedText.tsx'
import { type ChosenView, keptChoice } from './chosen-view.ts'
import type { KnownView, Views } from './use-views.ts'
import styles from './ViewsPopover.module.css'

interface CurrentViewProps {
  readonly page: PageQuery
  readonly chosen: ChosenView
  /** As it is kept now. */
  readonly current: KnownView | undefined
  /** It is kept no more. */
  readonly gone: boolean
  readonly changed: boolean
  readonly views: Views
  onOpen(page: PageQuery): void
  onDone(told: string): void
}

/** The view that was opened last: to save what is applied now in it, or to go back to it. */
export function CurrentView(props: CurrentViewProps) {
  const { page, chosen, current, gone, changed, views, onOpen, onDone } = props
  const texts = viewsTexts()
  const save = useMutation({
    mutationFn: (over: ChosenView) => views.saveAs(page, over.name, over.place, over),
    onSuccess: () => onDone(texts.saved(chosen.name)),
  })
  const reset = () => {
    if (current?.reading.kind !== 'read') return
    views.choose(current, current.reading.page)
    onOpen(current.reading.page)
  }
  const said = gone ? texts.gone : changed ? texts.changedHere : texts.shownAsSaved
  const outrun = save.error instanceof ApiError && save.error.status === 412
  return (
    <section className={styles.section} aria-label={texts.opened}>
      <p>
        <WeightedText parts={said(chosen.name)} />
      </p>
      <div className={styles.actions}>
        {changed && !gone && (
          <>
            <Button look="primary" disabled={save.isPending} onClick={() => save.mutate(chosen)}>
              {texts.save}
            </Button>
            <Button disabled={current?.reading.kind !== 'read'} onClick={reset}>
              {texts.reset(chosen.name)}
            </Button>
          </>
        )}
        <Button look="ghost" onClick={() => keptChoice.write(undefined)}>
          {texts.leave}
        </Button>
      </div>
      {save.isError && (
        <p role="alert" className={styles.failed}>
          {save.error.message}{' '}
          {outrun && current?.revision !== undefined && (
            <>
              {texts.changedLastBy(current.changedBy ?? '')}{' '}
              <Button
                look="link"
                onClick={() =>
                  save.mutate({ ...chosen, name: current.content.name, revision: current.revision })
                }
              >
                {texts.overwrite}
              </Button>
            </>
          )}
        </p>
      )}
    </section>
  )
}
