import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useRef } from 'react'
import type { SessionInfo } from '../../contract/model/session.ts'
import { sessionOptions } from '../api/queries.ts'
import { EngagementsPage } from './EngagementsPage.tsx'
import { ErrorState } from './ErrorState.tsx'

const SignInHere = lazy(async () => ({ default: (await import('../session/SignInHere.tsx')).SignInHere }))
const SessionEnded = lazy(async () => ({
  default: (await import('../session/SessionEnded.tsx')).SessionEnded,
}))

const route = getRouteApi('/$tenant/engagements')

/** Who may see the page: the session decides between it, a sign-in in its place, and a sign-in over it. */
export function EngagementsRoute() {
  const { tenant } = route.useParams()
  const session = useQuery(sessionOptions)
  const lastUser = useLastUser(session.data, tenant)

  if (session.isPending) return null
  if (session.isError && session.data === undefined)
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  const user = session.data?.user
  if (user?.tenant === tenant) return <EngagementsPage tenant={tenant} user={user} />
  if (lastUser === undefined) {
    return (
      <Suspense>
        <SignInHere tenant={tenant} other={user} />
      </Suspense>
    )
  }
  return (
    <>
      <EngagementsPage tenant={tenant} user={lastUser} />
      <Suspense>
        <SessionEnded tenant={tenant} email={lastUser.email} />
      </Suspense>
    </>
  )
}

/** Whoever was signed in to this tenant before the session ended; signing out forgets them by leaving the page. */
function useLastUser(session: SessionInfo | undefined, tenant: string): SessionInfo['user'] {
  const last = useRef<SessionInfo['user']>(undefined)
  if (session?.user) last.current = session.user
  return last.current?.tenant === tenant ? last.current : undefined
}
