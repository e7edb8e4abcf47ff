import { numberText } from '../amounts.ts'
import type { SharedNoteTexts } from '../en/shared-note.ts'

export const sharedNote: SharedNoteTexts = {
  since: (shared, present) =>
    present === undefined
      ? `${numberText(shared)} beim Teilen`
      : `${numberText(shared)} beim Teilen, jetzt ${numberText(present)}`,
  showAll: (count) => `Alle ${numberText(count)} zeigen`,
  ownZone: (zone) => `Die Zeiten stehen in Ihrer eigenen Zeitzone, ${zone}.`,
  sharersZone: (zone) => `Die Zeiten stehen in ${zone}, der Zeitzone dessen, der dies geteilt hat.`,
  showIn: (zone) => `In ${zone} zeigen`,
}
