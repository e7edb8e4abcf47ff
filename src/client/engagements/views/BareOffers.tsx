import { useSyncExternalStore } from 'react'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { viewsTexts } from '../../texts/en/views.ts'
import { Button } from '../../ui/Button.tsx'
import { queryAt } from '../applied-range.ts'
import { sentenceText } from '../sentence.ts'
import { defaultView, keptDefault } from './default-view.ts'
import { keptRecent, recentSearches } from './recent-searches.ts'
import { useViews } from './use-views.ts'

interface BareOffersProps {
  readonly tenant: string
  readonly zone: string
  onApply(page: PageQuery): void
}

/** On a bare address, which means the defaults: the last filters, and the default view, one press away. */
export function BareOffers({ tenant, zone, onApply }: BareOffersProps) {
  const chosen = defaultView(useSyncExternalStore(keptDefault.subscribe, keptDefault.read), tenant)
  const [last] = recentSearches(useSyncExternalStore(keptRecent.subscribe, keptRecent.read), tenant)
  return (
    <>
      {last && (
        <Button
          look="link"
          title={sentenceText(queryAt(last, Date.now()), zone, last.range)}
          onClick={() => onApply(last)}
        >
          {viewsTexts().restoreLast}
        </Button>
      )}
      {chosen && <DefaultOffer tenant={tenant} id={chosen.id} onApply={onApply} />}
    </>
  )
}

function DefaultOffer({ tenant, id, onApply }: Omit<BareOffersProps, 'zone'> & { readonly id: string }) {
  const texts = viewsTexts()
  const { ofDevice, ofTenant = [], list, choose } = useViews(tenant)
  const view = [...ofDevice, ...ofTenant].find((known) => known.id === id)
  if (view === undefined) return list.isLoading ? null : <span className="muted">{texts.defaultGone}</span>
  const { reading } = view
  if (reading.kind === 'refused')
    return <span className="muted">{texts.defaultNotOpened(view.content.name, reading.wrong)}</span>
  return (
    <Button
      look="link"
      onClick={() => {
        choose(view, reading.page)
        onApply(reading.page)
      }}
    >
      {texts.openDefault(view.content.name)}
    </Button>
  )
}
