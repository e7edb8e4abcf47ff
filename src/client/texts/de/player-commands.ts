import type { PlayerCommandTexts } from '../en/player-commands.ts'

export const playerCommands: PlayerCommandTexts = {
  toggle: 'Abspielen oder anhalten',
  back: (seconds) => `${seconds} Sekunden zurück`,
  on: (seconds) => `${seconds} Sekunden vor`,
  slower: 'Langsamer',
  faster: 'Schneller',
  mute: 'Gewählte Aufzeichnung stumm oder wieder hörbar',
  solo: 'Gewählte Aufzeichnung solo hören oder wieder alle',
  mark: (mark) => `Marke ${mark} setzen`,
  goToClock: 'Zu einer Uhrzeit springen',
  copyLink: 'Link zu dieser Stelle kopieren',
  next: 'Nächstes Gespräch',
  previous: 'Vorheriges Gespräch',
  choose: (number) => `Aufzeichnung ${number} wählen`,

  spaceKey: 'Leertaste',
  withShift: (key) => `Umschalt ${key}`,
}
