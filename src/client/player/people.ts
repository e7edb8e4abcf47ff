/** Who takes part in an engagement, and whose recording is whose. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import { playerTexts } from '../texts/en/player.ts'
import { cutText } from '../ui/cut-text.ts'

const roles: Readonly<Record<string, string>> = { CREATOR: 'customer', MEMBER: 'associate' }

/** The part of an email address before the @. */
export function shortName(email: string): string {
  return cutText(email.replace(/@.*/, '') || email)
}

export interface Sides {
  readonly customers: readonly string[]
  readonly associates: readonly string[]
}

/** Short names of the customer's side and of the associates'. */
export function sidesOf({ users = [] }: EngagementV1): Sides {
  const named = (association: string) =>
    users.flatMap((user) => (user.association === association && user.uri ? [shortName(user.uri)] : []))
  return { customers: named('CREATOR'), associates: named('MEMBER') }
}

export interface RecordingName {
  readonly name: string
  /** `customer`, `associate`, or another one in small letters; undefined when the engagement does not tell. */
  readonly role: string | undefined
}

export function recordingName({ users = [] }: EngagementV1, user: string | undefined): RecordingName {
  if (!user) return { name: playerTexts().unnamed, role: undefined }
  const person = users.find(({ uri }) => uri?.toLowerCase() === user.toLowerCase())
  const association = person?.association
  return {
    name: shortName(user),
    role: association === undefined ? undefined : (roles[association] ?? cutText(association.toLowerCase())),
  }
}

/** A role in words; one we do not know is told as it came. */
export function roleText(role: string): string {
  if (role === 'customer') return playerTexts().customer
  return role === 'associate' ? playerTexts().associate : role
}
