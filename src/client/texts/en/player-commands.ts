/** What the player can be asked to do by name. */
import { inLanguage } from '../in-language.ts'

const english = {
  toggle: 'Play or pause',
  back: (seconds: number) => `Back ${seconds} seconds`,
  on: (seconds: number) => `On ${seconds} seconds`,
  slower: 'Slower',
  faster: 'Faster',
  mute: 'Mute the chosen recording, or unmute it',
  solo: 'Solo the chosen recording, or all again',
  mark: (mark: string) => `Mark ${mark}`,
  goToClock: 'Go to a clock time',
  copyLink: 'Copy a link to this moment',
  next: 'Next engagement',
  previous: 'Previous engagement',
  choose: (number: number) => `Choose recording ${number}`,

  spaceKey: 'Space',
  withShift: (key: string) => `Shift ${key}`,
}

export type PlayerCommandTexts = typeof english
export const playerCommandTexts = inLanguage('playerCommands', english)
