import type { HandOverTexts } from '../en/hand-over.ts'

export const handOver: HandOverTexts = {
  engagement: 'Gespräch',
  started: 'Begonnen',
  team: 'Team',
  customer: 'Kunde',
  associate: 'Agent',
  user: 'Beteiligt',
  recording: (number) => `Aufzeichnung ${number}`,
  at: 'Stelle',
  part: 'Abschnitt',
  fromTo: (from, to) => `${from} bis ${to}`,
  ofLength: (position, length) => `${position} von ${length}`,
}
