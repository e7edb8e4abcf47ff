import { numberText } from '../amounts.ts'
import type { NeighbourTexts } from '../en/neighbours.ts'

export const neighbours: NeighbourTexts = {
  looking: (direction) => `Das ${stems[direction]}e Gespräch mit Aufzeichnungen wird gesucht …`,
  notLooked: (direction, reason) =>
    `Das ${stems[direction]}e Gespräch konnte nicht gesucht werden. ${reason}`,
  lookingOn: 'Das nächste Gespräch der Prüfliste wird gesucht …',
  noneOnward: (rows) =>
    `Keines der nächsten ${numberText(rows)} Gespräche hat eine Aufzeichnung. „Nächstes“ sucht weiter.`,
  edgeOfReview: (direction) =>
    `Dies ist das ${direction === 'next' ? 'letzte' : 'erste'} Gespräch der Prüfliste.`,
  listUnread: (direction) =>
    `Die Liste konnte nicht gelesen werden, daher ist das ${stems[direction]}e Gespräch nicht bekannt.`,
  notOnPage: (direction) =>
    `Dieses Gespräch steht nicht auf dieser Seite der Liste, daher hat es kein ${stems[direction]}es.`,
  noneNear: (direction, rows) =>
    `Keines der ${stems[direction]}en ${numberText(rows)} Gespräche hat eine Aufzeichnung.`,
  noneInList: (direction) =>
    `${direction === 'next' ? 'Nach' : 'Vor'} diesem kommt in der Liste kein Gespräch mit Aufzeichnungen.`,
  dismiss: 'Diesen Hinweis schließen',
}

const stems = { next: 'nächst', previous: 'vorherig' }
