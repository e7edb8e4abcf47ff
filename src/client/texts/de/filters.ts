import { numberText } from '../amounts.ts'
import type { FiltersTexts } from '../en/filters.ts'

export const filters: FiltersTexts = {
  filters: 'Filter',
  outcome: 'Ergebnis',
  statuses: { successful: 'Erfolgreich', unsuccessful: 'Erfolglos', all: 'Alle' },
  sort: 'Reihenfolge',
  sorts: {
    newest: 'Neueste zuerst',
    oldest: 'Älteste zuerst',
    longest: 'Längste zuerst',
    shortest: 'Kürzeste zuerst',
  },
  reset: 'Zurücksetzen',
  columns: 'Spalten',
  share: 'Teilen',
  ranges: { started: 'Begonnen', ended: 'Beendet' },
  endedBeforeStarted: 'Ein Gespräch kann nicht beendet sein, bevor es begonnen hat',

  email: 'E-Mail einer beteiligten Person',
  addEmail: 'E-Mail hinzufügen',
  addAnother: 'Weitere hinzufügen',
  remove: (email) => `${email} entfernen`,
  notAnEmail: (text) => `„${text}“ ist keine E-Mail-Adresse`,
  tooMany: (most) => `Höchstens ${numberText(most)} Personen zugleich`,

  applied: 'Angewandte Filter',
  removeFilter: (filter) => `Filter entfernen: ${filter}`,
  started: (range) => `Begonnen ${range}`,
  ended: (range) => `Beendet ${range}`,
  asOf: (moment) => `Stand ${moment}`,
  openLeftOut: 'Noch offene Gespräche haben kein Ende und fehlen hier.',

  without: (filter) => `Ohne „${filter}“`,
  withoutUsers: 'Ohne die Personen',
  withoutAny: 'Ohne alle diese Filter',
  otherStatus: {
    successful: 'Nur erfolgreiche: alle zeigen',
    unsuccessful: 'Nur erfolglose: alle zeigen',
  },
  otherAlone: {
    successful: 'Stattdessen die erfolglosen zeigen',
    unsuccessful: 'Stattdessen die erfolgreichen zeigen',
  },
}
