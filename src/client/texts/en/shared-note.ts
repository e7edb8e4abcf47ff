/** To whoever was sent an exact link. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  since: (shared: number, present: number | undefined) =>
    present === undefined
      ? `${numberText(shared)} when shared`
      : `${numberText(shared)} when shared, ${numberText(present)} now`,
  showAll: (count: number) => `Show all ${numberText(count)}`,
  ownZone: (zone: string) => `Times are in ${zone}, your own zone.`,
  sharersZone: (zone: string) => `Times are in ${zone}, the zone of whoever shared this.`,
  showIn: (zone: string) => `Show them in ${zone}`,
}

export type SharedNoteTexts = typeof english
export const sharedNoteTexts = inLanguage('sharedNote', english)
