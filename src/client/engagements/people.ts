/** Who took part, by part. */
import type { EngagementV1 } from '../../contract/model/engagement.ts'
import type { EngagementUserV1 } from '../../contract/model/user.ts'
import { peopleTexts } from '../texts/en/people.ts'
import { isolated } from '../texts/isolated.ts'
import { wordOf } from '../texts/word-of.ts'
import { formatTime } from '../time/zone.ts'
import { cutText } from '../ui/cut-text.ts'

export function customersOf({ users = [] }: EngagementV1): readonly EngagementUserV1[] {
  return users.filter(({ association }) => association === 'CREATOR')
}

export function associatesOf({ users = [] }: EngagementV1): readonly EngagementUserV1[] {
  return users.filter(({ association }) => association === 'MEMBER')
}

/** A part in words; one we do not know is told as it came. */
export function partText(association: string | undefined): string {
  const texts = peopleTexts()
  return association === undefined ? texts.partUnknown : cutText(wordOf(texts.parts, association))
}

/** What stands before the @: enough to tell two people of one call apart. */
export function shortName(email: string | undefined): string {
  return cutText(email?.split('@')[0] || peopleTexts().unknown)
}

export function initialsOf(email: string | undefined): string {
  const [first = '', second = ''] = shortName(email).split(/[._-]+/)
  return `${first.charAt(0)}${second.charAt(0)}`.toUpperCase() || '?'
}

/** How a row is called when a button speaks of it. */
export function rowName(engagement: EngagementV1, zone: string): string {
  const start = engagement.startDate
  const when =
    start === undefined
      ? cutText(engagement.id ?? peopleTexts().unknown)
      : formatTime(Date.parse(start), zone, 'dateTime')
  const [customer] = customersOf(engagement)
  return customer?.uri === undefined ? when : `${isolated(when)}, ${isolated(shortName(customer.uri))}`
}
