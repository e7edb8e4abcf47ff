/** All views that may be opened here, those of the device and those of the tenant, and what can be done with them. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { type ViewContent, viewFormat } from '../../../contract/model/view.ts'
import type { PageQuery } from '../../../contract/query/page-query.ts'
import { readStated, type StatedReading, stateQuery } from '../../../contract/query/stated-query.ts'
import { viewListOptions } from '../../api/queries.ts'
import { removeView, saveView } from '../../api/views.ts'
import { useLacks } from '../../source-parts.ts'
import { fromFirstRow, querySearch } from '../page-url.ts'
import { type ChosenView, keptChoice, type Place } from './chosen-view.ts'
import { deviceViews, keptViews, removeDeviceView, saveDeviceView } from './device-views.ts'

export interface KnownView {
  readonly place: Place
  readonly id: string
  readonly content: ViewContent
  readonly reading: StatedReading
  /** Of the tenant's alone, as are the two below. */
  readonly revision?: string
  readonly changedBy?: string
  readonly changedMs?: number
}

export function useViews(tenant: string) {
  const list = useQuery({ ...viewListOptions(tenant), enabled: !useLacks().has('views') })
  const kept = useSyncExternalStore(keptViews.subscribe, keptViews.read)
  const ofDevice = useMemo(
    () => deviceViews(kept, tenant).map((view): KnownView => known('device', view.id, view.content)),
    [kept, tenant],
  )
  const ofTenant = useMemo(
    () =>
      list.data?.map(
        ({ id, name, format, parameters, revision, changedBy, changed }): KnownView => ({
          ...known('tenant', id, { name, format, parameters }),
          revision,
          changedBy,
          changedMs: Date.parse(changed),
        }),
      ),
    [list.data],
  )

  const choose = (view: KnownView, page: PageQuery) => {
    const { place, id, content, revision } = view
    const choice: ChosenView = { tenant, place, id, name: content.name, search: querySearch(page), revision }
    keptChoice.write(JSON.stringify(choice))
  }
  const save = async (
    place: Place,
    id: string,
    content: ViewContent,
    revision: string | undefined,
  ): Promise<KnownView> => {
    if (place === 'device') {
      saveDeviceView(tenant, id, content)
      return known(place, id, content)
    }
    try {
      const saved = await saveView(tenant, id, content, revision)
      return { ...known(place, id, content), revision: saved.revision }
    } finally {
      await list.refetch()
    }
  }

  return {
    ofDevice,
    ofTenant,
    list,
    choose,
    /** The applied query under a view's name. @param view undefined: a new one */
    async saveAs(page: PageQuery, name: string, place: Place, view?: ChosenView): Promise<void> {
      const content = { name, format: viewFormat, parameters: stateQuery(fromFirstRow(page)) }
      const saved = await save(place, view?.id ?? crypto.randomUUID(), content, view?.revision)
      choose(saved, page)
    },
    async rename(view: KnownView, name: string, chosen: ChosenView | undefined): Promise<void> {
      const saved = await save(view.place, view.id, { ...view.content, name }, view.revision)
      if (chosen?.id === view.id)
        keptChoice.write(JSON.stringify({ ...chosen, name, revision: saved.revision }))
    },
    async remove({ place, id, revision }: KnownView): Promise<void> {
      if (place === 'device') return removeDeviceView(tenant, id)
      try {
        await removeView(tenant, id, revision ?? '')
      } finally {
        await list.refetch()
      }
    },
  }
}

export type Views = ReturnType<typeof useViews>

function known(place: Place, id: string, content: ViewContent): KnownView {
  return { place, id, content, reading: readStated(content.format, content.parameters) }
}
