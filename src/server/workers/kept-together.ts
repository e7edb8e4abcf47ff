/** What the processes of one server keep together besides the database; a server of one process keeps it alone. */
import { createSignInLimits, type SignInLimits } from '../auth/sign-in-limits.ts'
import { createRecentPlays, type RecentPlays } from './recent-plays.ts'
import { type Turns, turnsOfThisMachine } from './turns.ts'

export interface KeptTogether {
  readonly plays: RecentPlays
  /** At measuring recordings. */
  readonly measuring: Turns
  readonly signIns: SignInLimits
}

export function keptAlone(): KeptTogether {
  return { plays: createRecentPlays(), measuring: turnsOfThisMachine(), signIns: createSignInLimits() }
}
