/** What the page learns of its session. */
import type { SessionInfo } from '../../contract/model/session.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import type { Identity } from '../auth/identity.ts'
import type { AppContext } from './app-context.ts'

export async function sessionInfo(
  { lacks }: Pick<AppContext, 'lacks'>,
  identity: Identity,
): Promise<SessionInfo> {
  const { tenant, subject, role, upstream } = identity
  const lacking = await lacks(identity)
  return {
    user: { tenant, email: subject, role },
    ...(upstream && { ends: formatInstant(upstream.expiresMs) }),
    ...(lacking.length > 0 && { lacks: [...lacking] }),
  }
}
