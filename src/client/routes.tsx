/** The two addresses of the page. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { listQueryOf } from '../contract/query/page-query.ts'
import { engagementListOptions, sessionOptions } from './api/queries.ts'
import { contradictionIn, exactPage } from './engagements/applied-range.ts'
import { parseSearch, type RawSearch, readPage, stringifySearch } from './engagements/page-url.ts'
import { givenQuery, lacksOf } from './source-parts.ts'
import { NotLoaded } from './ui/PartBoundary.tsx'

interface RouterContext {
  readonly queryClient: QueryClient
}

const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  notFoundComponent: lazyRouteComponent(() => import('./NotFound.tsx'), 'NotFound'),
})

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./session/StartPage.tsx'), 'StartPage'),
})

const engagementsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/$tenant/engagements',
  validateSearch: (search: Record<string, unknown>): RawSearch => search as RawSearch,
  loaderDeps: ({ search }) => ({ query: listQueryOf(exactPage(readPage(search).page, Date.now())) }),
  // The rows are asked for as soon as the address is known, not when the component is.
  loader: async ({ context: { queryClient }, params: { tenant }, deps: { query } }) => {
    if (contradictionIn(query) !== undefined) return
    const session = await queryClient.ensureQueryData(sessionOptions).catch(() => undefined)
    const lacks = lacksOf(session)
    // A sample that cannot be had: the page finds other rows for the address.
    if (session?.user?.tenant !== tenant || ('seed' in query && lacks.has('sample'))) return
    void queryClient.prefetchQuery(engagementListOptions(tenant, givenQuery(query, lacks)))
  },
  component: lazyRouteComponent(() => import('./engagements/EngagementsRoute.tsx'), 'EngagementsRoute'),
})

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([startRoute, engagementsRoute]),
    context: { queryClient },
    parseSearch,
    stringifySearch: (search) => stringifySearch(search as RawSearch),
    // Nothing is on the page that a link would be hovered for long enough to matter.
    defaultPreload: false,
    defaultErrorComponent: () => <NotLoaded />,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
