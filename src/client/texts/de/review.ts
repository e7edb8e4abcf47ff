import { numberText } from '../amounts.ts'
import type { ReviewTexts } from '../en/review.ts'

export const review: ReviewTexts = {
  noneRecorded: 'Keines dieser Gespräche hat eine Aufzeichnung.',
  noneOfFirst: (rows) => `Keines der ersten ${numberText(rows)} Gespräche hat eine Aufzeichnung.`,
  notGathered: (why) => `Die Prüfliste kam nicht zustande. ${why}`,
}
