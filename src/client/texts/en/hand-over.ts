/** The text that is copied for a hand-over: names of its lines, each before a colon, and how times stand in them. */
import { inLanguage } from '../in-language.ts'

const english = {
  engagement: 'Engagement',
  started: 'Started',
  team: 'Team',
  customer: 'Customer',
  associate: 'Associate',
  user: 'User',
  recording: (number: number) => `Recording ${number}`,
  at: 'At',
  part: 'Part',
  fromTo: (from: string, to: string) => `${from} to ${to}`,
  ofLength: (position: string, length: string) => `${position} of ${length}`,
}

export type HandOverTexts = typeof english
export const handOverTexts = inLanguage('handOver', english)
