/** Why there is no review of what is shown. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  noneRecorded: 'None of these engagements has a recording.',
  noneOfFirst: (rows: number) => `None of the first ${numberText(rows)} engagements has a recording.`,
  notGathered: (why: string) => `The review could not be gathered. ${why}`,
}

export type ReviewTexts = typeof english
export const reviewTexts = inLanguage('review', english)
