/** One made-up call: who, how long, how it went. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { formatInstant } from '../../contract/query/instant.ts'
import { pickAssociate, pickCustomer, type Team, teams } from './people.ts'
import type { Random } from './random.ts'

export type Call = EngagementV1 & { readonly id: string }

const longestSeconds = 3600
const unanswered = [
  'Customer abandoned in queue',
  'No associate available',
  'Declined by associate',
  'Queue time limit reached',
]
const brokenOff = [
  'Connection lost',
  'Media permission denied',
  'Customer’s browser not supported',
  'Transferred without answer',
]
const locales = ['en-GB', 'de-DE', 'es-ES', 'fr-FR', 'pt-BR']
const pages: Record<Team, readonly string[]> = {
  Cards: ['/cards', '/cards/lost', '/cards/limits', '/cards/contactless'],
  Billing: ['/statements', '/fees', '/disputes', '/checkout'],
  Sales: ['/savings', '/mortgages', '/accounts/new', '/offers'],
  Support: ['/help', '/sign-in', '/security', '/app'],
}

/** `startMs` falls on a whole second. @param untilMs a call that would go on past this is still open */
export function makeCall(random: Random, id: string, startMs: number, untilMs: number): Call {
  const team = random.pick(teams)
  const customer = pickCustomer(random)
  const associateInitiated = random.chance(0.06)
  const connected = random.chance(0.9)
  const successful = connected && random.chance(0.91)
  const pendingTime = Math.round(
    associateInitiated ? random.between(2, 8) : random.exponential(connected ? 34 : 95),
  )
  const talkSeconds = Math.round(
    Math.min(longestSeconds, Math.max(12, random.logNormal(successful ? 245 : 70, 0.8))),
  )
  const duration = connected ? talkSeconds : 0
  const endMs = startMs + (pendingTime + duration) * 1000
  const open = endMs > untilMs
  const associate = pickAssociate(random, team)
  // The contract names the customer the creator, whoever started the call.
  const users = [{ uri: customer, association: 'CREATOR' }]
  if (connected || associateInitiated) users.push({ uri: associate.email, association: 'MEMBER' })
  const second = connected && random.chance(0.07) ? pickAssociate(random, random.pick(teams)) : undefined
  if (second && second.email !== associate.email) users.push({ uri: second.email, association: 'MEMBER' })
  const context = makeContext(random, team)
  const contents = random.chance(0.78) ? 'AUDIO' : random.chance(0.85) ? 'AUDIOVIDEO' : 'VIDEO'
  const reason = successful ? undefined : random.pick(connected ? brokenOff : unanswered)

  return {
    startDate: formatInstant(startMs),
    ...(!open && { endDate: formatInstant(endMs) }),
    id,
    ...(!open && { duration }),
    contents,
    ...(context !== undefined && { context }),
    users,
    releaseState: connected ? 'connected' : 'attempted',
    status: open || successful ? 'successful' : 'unsuccessful',
    pendingTime,
    assignedTeam: team,
    associateInitiated,
    ...(!open && reason !== undefined && { reason }),
  }
}

function makeContext(random: Random, team: Team): string | undefined {
  if (random.chance(0.08)) return undefined
  if (random.chance(0.02)) return 'Asked to be called back in the afternoon'
  return JSON.stringify({
    plan: random.pick(['basic', 'basic', 'gold', 'platinum']),
    page: random.pick(pages[team]),
    locale: random.pick(locales),
    device: random.pick(['phone', 'phone', 'desktop', 'tablet']),
    ...(random.chance(0.3) && { orderId: `A-${random.between(100_000, 999_999)}` }),
    ...(random.chance(0.1) && { campaign: random.pick(['spring', 'newcomers', 'travel']) }),
  })
}
