/** What the page learns of its session. */
import type { SessionInfo } from '../../contract/model/session.ts'
import type { Identity } from '../auth/identity.ts'

export function sessionInfo({ tenant, subject, role }: Identity): SessionInfo {
  return { user: { tenant, email: subject, role } }
}
