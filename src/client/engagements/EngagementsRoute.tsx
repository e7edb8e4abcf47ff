import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import type { SessionInfo } from '../../contract/model/session.ts'
import { sessionOptions } from '../api/queries.ts'
import { LacksContext, lacksOf } from '../source-parts.ts'
import { loadedPart } from '../ui/loaded-part.tsx'
import { EngagementsPage } from './EngagementsPage.tsx'
import { ErrorState } from './ErrorState.tsx'

const SignInHere = loadedPart(async () => (await import('../session/SignInHere.tsx')).SignInHere)
const SessionEnded = loadedPart(async () => (await import('../session/SessionEnded.tsx')).SessionEnded)

const route = getRouteApi('/$tenant/engagements')

/** Who may see the page: the session decides between it, a sign-in in its place, and a sign-in over it. */
export function EngagementsRoute() {
  const { tenant } = route.useParams()
  const session = useQuery(sessionOptions)
  const last = useLastSession(session.data, tenant)
  const lacks = useMemo(() => lacksOf(last), [last])

  if (session.isPending) return null
  if (session.isError && session.data === undefined)
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />
  const { user } = session.data
  if (last?.user === undefined) {
    return <SignInHere tenant={tenant} other={user} />
  }
  const ended = user?.tenant !== tenant
  return (
    <LacksContext value={lacks}>
      <EngagementsPage
        tenant={tenant}
        user={last.user}
        access={ended ? { kind: 'ended' } : { kind: 'open', ends: last.ends }}
      />
      {ended && <SessionEnded tenant={tenant} email={last.user.email} />}
    </LacksContext>
  )
}

/** Of whoever was signed in to this tenant before the session ended; signing out forgets them by leaving the page. */
function useLastSession(session: SessionInfo | undefined, tenant: string): SessionInfo | undefined {
  const last = useRef<SessionInfo>(undefined)
  if (session?.user) last.current = session
  return last.current?.user?.tenant === tenant ? last.current : undefined
}
