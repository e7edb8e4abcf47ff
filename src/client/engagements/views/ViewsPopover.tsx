import { Popover } from '@base-ui/react/popover'
import { type RefObject, useState } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { useLacks } from '../../source-parts.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { CurrentView } from './CurrentView.tsx'
import type { ChosenView } from './chosen-view.ts'
import { RecentSearches } from './RecentSearches.tsx'
import { SaveAsForm } from './SaveAsForm.tsx'
import { useViews } from './use-views.ts'
import { ViewList } from './ViewList.tsx'
import styles from './ViewsPopover.module.css'

interface ViewsPopoverProps {
  readonly anchor: RefObject<HTMLButtonElement | null>
  readonly tenant: string
  readonly page: PageQuery
  readonly zone: string
  readonly chosen: ChosenView | undefined
  /** Something else is applied than the chosen view. */
  readonly changed: boolean
  onApply(page: PageQuery): void
  onClose(): void
}

/** Saved views and recent searches: to open, save, rename, remove. */
export function ViewsPopover(props: ViewsPopoverProps) {
  const { anchor, tenant, page, zone, chosen, changed, onApply, onClose } = props
  const texts = viewsTexts()
  const views = useViews(tenant)
  const ofTenantAlso = !useLacks().has('views')
  const [told, setTold] = useState('')
  const all = [...views.ofDevice, ...(views.ofTenant ?? [])]
  const current = all.find(({ place, id }) => place === chosen?.place && id === chosen.id)
  const openPage = (next: PageQuery) => {
    onApply(next)
    onClose()
  }
  return (
    <Popover.Root
      open
      onOpenChange={(open, { event }) => {
        // A press on the button is the button's own to answer.
        if (!open && !(event.target instanceof Node && anchor.current?.contains(event.target))) onClose()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={6} align="end" className={styles.positioner}>
          <Popover.Popup className={styles.popup} finalFocus={anchor} aria-label={texts.title}>
            {chosen && (
              <CurrentView
                page={page}
                chosen={chosen}
                current={current}
                gone={current === undefined && (chosen.place === 'device' || views.ofTenant !== undefined)}
                changed={changed}
                views={views}
                onOpen={openPage}
                onDone={setTold}
              />
            )}
            <ViewList
              title={texts.ofDevice}
              tenant={tenant}
              known={views.ofDevice}
              chosen={chosen}
              views={views}
              zone={zone}
              onOpen={openPage}
              onDone={setTold}
            />
            {views.ofTenant ? (
              <ViewList
                title={texts.ofTenant(tenant)}
                tenant={tenant}
                known={views.ofTenant}
                chosen={chosen}
                views={views}
                zone={zone}
                onOpen={openPage}
                onDone={setTold}
              />
            ) : views.list.isError ? (
              <p className={styles.failed} role="alert">
                {texts.notRead(tenant, views.list.error.message)}{' '}
                <Button look="link" onClick={() => void views.list.refetch()}>
                  {texts.retry}
                </Button>
              </p>
            ) : (
              ofTenantAlso && <p className="muted">{texts.reading(tenant)}</p>
            )}
            <SaveAsForm tenant={tenant} page={page} views={views} onDone={setTold} />
            <RecentSearches tenant={tenant} zone={zone} onOpen={openPage} />
            <p className={told === '' ? 'visually-hidden' : 'muted'} role="status">
              {told}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
