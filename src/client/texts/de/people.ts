import type { PeopleTexts } from '../en/people.ts'

export const people: PeopleTexts = {
  parts: { CREATOR: 'Kunde · hat begonnen', MEMBER: 'Agent · nahm teil' },
  partUnknown: 'Rolle unbekannt',
  unknown: 'unbekannt',
}
