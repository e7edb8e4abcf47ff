import { numberText } from '../amounts.ts'
import type { DetailTexts } from '../en/detail.ts'

export const detail: DetailTexts = {
  users: 'Beteiligte',
  nobody: 'Niemand ist genannt.',
  unknown: 'unbekannt',
  showOnlyWith: (email) => `Nur Gespräche mit ${email} zeigen`,

  recordings: 'Aufzeichnungen',
  noRecordings: 'Es wurde keine gemacht.',
  play: (number, whose) => `Aufzeichnung ${numberText(number)} abspielen, ${whose}`,
  playAll: (count) =>
    count === 2 ? 'Beide gleichzeitig abspielen' : `Alle ${numberText(count)} gleichzeitig abspielen`,
  recordingKinds: { AUDIO: 'Ton', VIDEO: 'Video', AUDIOVIDEO: 'Video mit Ton' },
  begins: (seconds) => `Beginnt ${numberText(seconds)} s nach dem Anfang des Gesprächs`,
  openAt: (whose, host) => `Aufzeichnung von ${whose} bei ${host} öffnen`,
  download: (whose) => `Aufzeichnung von ${whose} herunterladen`,

  copyWhole: (characters) => `Alle ${numberText(characters)} Zeichen kopieren`,
  copied: 'Kopiert',
  copyRefused: 'Der Browser hat das Kopieren verweigert',

  facts: 'Angaben',
  ended: 'Beendet',
  stillOpen: 'noch offen',
  waited: 'Wartezeit',
  startedBy: 'Begonnen',
  associate: 'vom Agenten',
  customer: 'vom Kunden',
  outcome: 'Ergebnis',
  outcomes: { successful: 'erfolgreich', unsuccessful: 'erfolglos' },
  release: 'Verbindung',
  releases: { connected: 'verbunden', attempted: 'nicht angenommen' },
  reason: 'Grund',
  contents: 'Inhalt',
  contentKinds: { audio: 'Ton', video: 'Video', audiovideo: 'Video mit Ton' },
  team: 'Team',
  id: 'ID',
  context: 'Kontext',
}
