import { ChevronDown } from 'lucide-react'
import { useRef, useState, useSyncExternalStore } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { pageButtonsTexts } from '../../texts/en/page-buttons.ts'
import { Button } from '../../ui/Button.tsx'
import { loadedPart } from '../../ui/loaded-part.tsx'
import { querySearch } from '../page-url.ts'
import { keptChoice, readChoice } from './chosen-view.ts'
import styles from './ViewsButton.module.css'

const ViewsPopover = loadedPart(async () => (await import('./ViewsPopover.tsx')).ViewsPopover)

interface ViewsButtonProps {
  readonly tenant: string
  readonly page: PageQuery
  readonly zone: string
  onApply(page: PageQuery): void
}

/** Names the saved view that was opened last, with a dot once something else is applied. */
export function ViewsButton({ tenant, page, zone, onApply }: ViewsButtonProps) {
  const texts = pageButtonsTexts()
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const chosen = readChoice(useSyncExternalStore(keptChoice.subscribe, keptChoice.read), tenant)
  const changed = chosen !== undefined && chosen.search !== querySearch(page)
  return (
    <>
      <Button
        data-command="views"
        ref={anchor}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className={chosen && 'muted'}>{chosen ? texts.view : texts.views}</span>
        {chosen && <bdi className={styles.name}>{chosen.name}</bdi>}
        {changed && (
          <span className={styles.dot} title={texts.viewChangedHint}>
            <span className="visually-hidden">{texts.viewChanged}</span>
          </span>
        )}
        <ChevronDown size={14} aria-hidden />
      </Button>
      {open && (
        <ViewsPopover
          anchor={anchor}
          tenant={tenant}
          page={page}
          zone={zone}
          chosen={chosen}
          changed={changed}
          onApply={onApply}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
