import { numberText, plural } from '../amounts.ts'
import type { ShareTexts } from '../en/share.ts'

export const share: ShareTexts = {
  share: 'Teilen',
  rows: {
    legend: 'Gespräche',
    exact: 'Genau diese',
    exactAt: (moment) =>
      `Die Gespräche, die bis ${moment} eingetroffen waren, wie Sie sie sehen. Spätere fehlen, und ihre Zahl wird genannt.`,
    exactUnknown:
      'Die Daten bleiben, wie sie sind; später eintreffende Gespräche sind auch zu sehen, da der Zeitpunkt hier nicht bekannt ist.',
    rolling: 'Mitlaufend',
    rollingSays: 'Was beim Öffnen des Links zutrifft.',
  },
  emails: {
    legend: 'Personen',
    withThem: 'Mit E-Mail-Adressen',
    names: (emails) => `Der Link nennt ${emails.join(', ')}.`,
    withoutThem: 'Ohne E-Mail-Adressen',
    namesNobody: 'Der Link nennt niemanden. Wer ihn öffnet, sieht die Gespräche aller Personen.',
  },
  zone: {
    legend: 'Zeitzone',
    sendersSays: 'Zeiten und Tage, wie Sie sie sehen.',
    receivers: 'Die eigene des Empfängers',
    receiversSays: 'Dieselben Zeitpunkte nach der eigenen Uhr; ein Zeitraum kann mitten am Tag beginnen.',
  },
  opened: {
    legend: 'Was geöffnet ist',
    withIt: 'Mit dem geöffneten Gespräch',
    foundOpen: 'Der Empfänger findet es geöffnet vor.',
    foundInPlayer: (at) =>
      at === undefined
        ? 'Der Empfänger findet es geöffnet vor und seine Aufzeichnung in der Wiedergabe.'
        : `Der Empfänger findet es geöffnet vor und seine Aufzeichnung in der Wiedergabe bei ${at}.`,
    listAlone: 'Nur die Liste',
    nothingOpen: 'Der Empfänger findet nichts geöffnet vor.',
  },
  sees: (count, kind) =>
    `Der Empfänger sieht ${numberText(count)} ${plural(count, { one: 'Gespräch', other: 'Gespräche' })}${kind === 'rolling' ? ', wenn sich nichts ändert' : ''}.`,
  notCounted: (why) => `Sie ließen sich nicht zählen, daher sagt der Link nicht, wie viele es waren. ${why}`,
  counting: 'Es wird gezählt, was der Empfänger sieht …',
  countAgain: 'Noch einmal zählen',
  link: 'Link',
  characters: (count) => `${numberText(count)} Zeichen`,
  tooLong: (count) => `${numberText(count)} Zeichen: so lang, dass manche Programme ihn abschneiden`,
  copy: { idle: 'Kopieren', copied: 'Kopiert', failed: 'Nicht erlaubt: bitte aus dem Feld kopieren' },
  close: 'Schließen',
}
