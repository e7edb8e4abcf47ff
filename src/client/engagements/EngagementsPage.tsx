import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import type { SessionInfo } from '../../contract/model/session.ts'
import { listQueryOf, type PageQuery, pageQuery } from '../../contract/query/page-query.ts'
import { engagementListOptions, engagementOptions } from '../api/queries.ts'
import { useFocusAfterSignIn } from '../session/focus-after-sign-in.ts'
import { givenPage, givenQuery, useLacks } from '../source-parts.ts'
import { pageTexts } from '../texts/en/page.ts'
import { deviceZone } from '../time/zone.ts'
import { loadedPart } from '../ui/loaded-part.tsx'
import { Notice } from '../ui/Notice.tsx'
import { useKeepFocus } from '../ui/use-keep-focus.ts'
import { AppliedQuery } from './AppliedQuery.tsx'
import { contradictionIn, exactPage, queryAt } from './applied-range.ts'
import { EngagementList } from './EngagementList.tsx'
import styles from './EngagementsPage.module.css'
import { FilterBar } from './FilterBar.tsx'
import { IgnoredNotice } from './IgnoredNotice.tsx'
import { PageHeader } from './PageHeader.tsx'
import { applyChange, playerClosed, readPage, stringifySearch, turnTo, writePage } from './page-url.ts'
import type { ReviewQueue } from './selection/review-queue.ts'
import { useSelection } from './selection/use-selection.ts'
import { useCounts } from './use-counts.ts'
import { useExactMoment } from './use-exact-moment.ts'
import type { Arrival } from './use-neighbours.ts'
import { useOpenEngagement } from './use-open-engagement.ts'
import { usePageKeys } from './use-page-keys.ts'
import { useRememberSearch } from './views/use-remember-search.ts'

const PlayerSlot = loadedPart(async () => (await import('./PlayerSlot.tsx')).PlayerSlot, {
  what: () => pageTexts().player,
})
const ShareSheet = loadedPart(async () => (await import('./ShareSheet.tsx')).ShareSheet)
const StartsHistogram = loadedPart(
  async () => (await import('./histogram/StartsHistogram.tsx')).StartsHistogram,
  {
    what: () => pageTexts().histogram,
    meanwhile: () => <div className={styles.histogram} />,
  },
)
const KeySheet = loadedPart(async () => (await import('./KeySheet.tsx')).KeySheet, {
  what: () => pageTexts().keySheet,
})

const ColumnsDialog = loadedPart(async () => (await import('./columns/ColumnsDialog.tsx')).ColumnsDialog)
const Palette = loadedPart(async () => (await import('./palette/Palette.tsx')).Palette)
const SelectionBar = loadedPart(async () => (await import('./selection/SelectionBar.tsx')).SelectionBar)
const SessionEnding = loadedPart(async () => (await import('../session/SessionEnding.tsx')).SessionEnding)
const BareOffers = loadedPart(async () => (await import('./views/BareOffers.tsx')).BareOffers)

const route = getRouteApi('/$tenant/engagements')

const momentLink = (page: PageQuery) => new URL(stringifySearch(writePage(page)), location.href).href

interface EngagementsPageProps {
  readonly tenant: string
  readonly user: NonNullable<SessionInfo['user']>
  readonly access: Access
}

/** Whether the person may ask for anything at the moment, or has to give the password first. `ends`: when that is, where it is known. */
export type Access = { readonly kind: 'open'; readonly ends: string | undefined } | { readonly kind: 'ended' }

export function EngagementsPage({ tenant, user, access }: EngagementsPageProps) {
  const texts = pageTexts()
  const raw = route.useSearch()
  // A rolling range stays what it was when it was come to, also over midnight: rows change for what is done, not by themselves.
  const {
    page: addressed,
    ignored,
    cameAtMs,
  } = useMemo(() => ({ ...readPage(raw), cameAtMs: Date.now() }), [raw])
  const lacks = useLacks()
  const { page, ungiven } = useMemo(() => givenPage(addressed, lacks), [addressed, lacks])
  const navigate = route.useNavigate()
  const apply = (next: PageQuery, replace = false) =>
    void navigate({ search: writePage(next), resetScroll: false, replace })
  const zone = page.tz ?? deviceZone()

  const client = useQueryClient()
  const listOptions = (of: PageQuery) =>
    engagementListOptions(tenant, givenQuery(listQueryOf(exactPage(of, cameAtMs)), lacks))
  const query = useMemo(() => queryAt(page, cameAtMs), [page, cameAtMs])
  const list = useQuery({ ...listOptions(page), enabled: contradictionIn(query) === undefined })
  const counts = useCounts(tenant, exactPage(page, cameAtMs), list)
  const pageAt = (offset: number) => turnTo(page, offset, counts.moment)
  useExactMoment(page, list, (next) => apply(next, true))
  useRememberSearch(tenant, list.isSuccess && !list.isPlaceholderData ? page : undefined)
  const open = useOpenEngagement(tenant, page.open, list)
  // What a press on play waits for: sound follows that, never the mere opening of a link, nor Back to one.
  const [pressed, setPressed] = useState<Pick<PageQuery, 'open' | 'rec'>>()
  const bring = (to: PageQuery, recording: number, arrival: Arrival) => {
    setPressed(arrival === 'playing' ? { open: to.open, rec: recording } : undefined)
    apply({ ...to, ...playerClosed, rec: recording })
  }

  const selecting = useSelection()
  const { selection } = selecting
  const [queue, setQueue] = useState<ReviewQueue>()
  const playing = page.rec === undefined ? undefined : page.open
  /** The first of a queue comes into the player unless one of it is there already; without sound, which was not asked for. */
  const review = (next: ReviewQueue | undefined) => {
    setQueue(next)
    const [first] = next?.engagements ?? []
    if (first && !next?.engagements.some(({ id }) => id === playing))
      bring({ ...page, open: first.id }, 1, 'paused')
  }

  const freshRecordings = async () => {
    if (!lacks.has('engagement'))
      return (await client.fetchQuery({ ...engagementOptions(tenant, page.open ?? ''), staleTime: 0 }))
        .recordings
    const { engagements } = await client.fetchQuery({ ...listOptions(page), staleTime: 0 })
    return engagements.find(({ id }) => id === page.open)?.recordings
  }

  const main = useRef<HTMLElement>(null)
  useFocusAfterSignIn(main)
  useKeepFocus(main)
  const closePlayer = () => {
    apply({ ...page, ...playerClosed })
    // The button that had the focus goes; whoever came by keyboard goes on at the row that was played.
    const selector = `[data-play="${CSS.escape(page.open ?? '')}"]`
    const back = main.current?.querySelector<HTMLElement>(selector) ?? main.current
    back?.focus()
  }
  const [keySheet, setKeySheet] = useState(false)
  const [columns, setColumns] = useState(false)
  const [palette, setPalette] = useState(false)
  const [sharing, setSharing] = useState(false)
  const hasMore = list.data?.hasMore === true && !list.isPlaceholderData
  const press = usePageKeys(main, {
    page,
    hasMore,
    turnTo: (offset) => apply(pageAt(offset)),
    showKeys: () => setKeySheet(true),
    showPalette: () => setPalette(true),
  })
  const [noReview, setNoReview] = useState<string>()

  return (
    <>
      <title>{texts.title(tenant)}</title>
      <PageHeader
        tenant={tenant}
        user={user}
        page={page}
        zone={zone}
        onApply={apply}
        onShowKeys={() => setKeySheet(true)}
      />
      <main ref={main} tabIndex={-1} className={styles.main}>
        {access.kind === 'open' && access.ends !== undefined && (
          <SessionEnding
            key={access.ends}
            tenant={tenant}
            email={user.email}
            endsMs={Date.parse(access.ends)}
            zone={zone}
          />
        )}
        <FilterBar
          tenant={tenant}
          page={page}
          query={query}
          zone={zone}
          onApply={apply}
          onShare={() => setSharing(true)}
          onShowColumns={() => setColumns(true)}
        />
        <IgnoredNotice ignored={ignored} ungiven={ungiven} />
        {noReview !== undefined && (
          <Notice tone="info" onDismiss={() => setNoReview(undefined)}>
            {noReview}
          </Notice>
        )}
        {contradictionIn(query) === undefined &&
          !lacks.has('histogram') &&
          (list.data === undefined ? (
            <div className={styles.histogram} />
          ) : (
            <StartsHistogram
              tenant={tenant}
              query={query}
              zone={zone}
              ready={!list.isPlaceholderData}
              onNarrow={(starts) => apply(applyChange(page, { range: undefined, ...starts }))}
            />
          ))}
        <AppliedQuery page={page} query={query} zone={zone} list={list} counts={counts} onApply={apply}>
          {Object.keys(raw).length === 0 && <BareOffers tenant={tenant} zone={zone} onApply={apply} />}
        </AppliedQuery>
        <EngagementList
          tenant={tenant}
          page={page}
          query={query}
          zone={zone}
          list={list}
          counts={counts}
          open={open}
          playing={playing}
          selecting={selecting}
          onApply={apply}
          onPlay={(id, recording) => bring({ ...page, open: id }, recording, 'playing')}
        />
      </main>
      {page.rec !== undefined && (
        <PlayerSlot
          tenant={tenant}
          page={page}
          recording={page.rec}
          list={list}
          queue={queue}
          engagement={open.engagement}
          plays={pressed?.open === page.open && pressed?.rec === page.rec}
          onPlays={() => setPressed(undefined)}
          zone={zone}
          access={access.kind}
          freshRecordings={freshRecordings}
          onSelect={(rec) => apply({ ...page, ...playerClosed, rec })}
          listFrom={(offset) => client.fetchQuery(listOptions(pageAt(offset)))}
          onLengthened={(from, to) => setQueue((now) => (now === from ? to : now))}
          onArrive={(id, offset, arrival) =>
            bring({ ...(offset === page.offset ? page : pageAt(offset)), open: id }, 1, arrival)
          }
          linkTo={(rec, t, span) => momentLink({ ...page, rec, t, span })}
          onClose={closePlayer}
        />
      )}
      {sharing && (
        <ShareSheet
          tenant={tenant}
          page={page}
          zone={zone}
          moment={counts.moment}
          cameAtMs={cameAtMs}
          onClose={() => setSharing(false)}
        />
      )}
      {(selection.size > 0 || queue !== undefined) && (
        <SelectionBar
          tenant={tenant}
          zone={zone}
          selection={selection}
          onPage={list.data?.engagements ?? []}
          queue={queue}
          playing={playing}
          linkTo={(id) => momentLink({ ...pageQuery.defaults, tz: page.tz, open: id })}
          onQueue={review}
          onClear={selecting.clear}
        />
      )}
      {columns && (
        <ColumnsDialog
          inLink={page.cols}
          onLink={(cols) => apply({ ...page, cols }, true)}
          onClose={() => setColumns(false)}
        />
      )}
      {palette && (
        <Palette
          tenant={tenant}
          page={page}
          rows={list.data?.engagements ?? []}
          hasMore={hasMore}
          selecting={selecting}
          queue={queue}
          playing={playing}
          apply={apply}
          showKeys={() => setKeySheet(true)}
          showColumns={() => setColumns(true)}
          closePlayer={closePlayer}
          review={review}
          moment={counts.moment}
          listOf={(of) => client.fetchQuery(listOptions(of))}
          noReview={setNoReview}
          press={press}
          onClose={() => setPalette(false)}
        />
      )}
      {keySheet && <KeySheet onClose={() => setKeySheet(false)} />}
    </>
  )
}
