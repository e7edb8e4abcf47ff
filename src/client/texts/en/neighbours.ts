/** The ways from the engagement in the player to the ones before and after, and why there may be none. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

type Direction = 'next' | 'previous'

const english = {
  looking: (direction: Direction) => `Looking for the ${direction} engagement with recordings…`,
  /** @param reason a sentence, as it came */
  notLooked: (direction: Direction, reason: string) =>
    `The ${direction} engagement could not be looked for. ${reason}`,
  lookingOn: 'Looking for the next engagement of the review …',
  noneOnward: (rows: number) =>
    `None of the next ${numberText(rows)} engagements has a recording. Next looks further.`,
  edgeOfReview: (direction: Direction) =>
    `This is the ${direction === 'next' ? 'last' : 'first'} one of the review.`,
  listUnread: (direction: Direction) => `The list could not be read, so the ${direction} one is not known.`,
  notOnPage: (direction: Direction) =>
    `This engagement is not on this page of the list, so it has no ${direction} one.`,
  noneNear: (direction: Direction, rows: number) =>
    `None of the ${direction} ${numberText(rows)} engagements has a recording.`,
  noneInList: (direction: Direction) =>
    `No engagement with recordings comes ${direction === 'next' ? 'after' : 'before'} this one in the list.`,
  dismiss: 'Dismiss this note',
}

export type NeighbourTexts = typeof english
export const neighbourTexts = inLanguage('neighbours', english)
