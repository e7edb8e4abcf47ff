import { allOf, numberText, plural } from '../amounts.ts'
import type { PlayerTexts } from '../en/player.ts'

export const player: PlayerTexts = {
  player: 'Wiedergabe',
  close: 'Wiedergabe schließen',

  startUnknown: 'Beginn unbekannt',
  with: ' mit ',
  customer: 'Kunde',
  associate: 'Agent',
  unnamed: 'ohne Namen',

  play: (recordings) => `${counted(recordings)} abspielen`,
  pause: (recordings) => `${counted(recordings)} anhalten`,
  back: (seconds) => `${seconds} Sekunden zurück`,
  forward: (seconds) => `${seconds} Sekunden vor`,
  previousEngagement: 'Vorheriges Gespräch mit Aufzeichnungen',
  nextEngagement: 'Nächstes Gespräch mit Aufzeichnungen',
  volumeOfAll: 'Lautstärke aller Aufzeichnungen',
  speed: 'Tempo',
  speedOf: (speed) => `${numberText(speed)}×`,
  skipSilence: 'Ohne Stille',
  autoplayNext: 'Automatisch weiter',
  position: 'Stelle',

  hours: (count) => `${count} ${plural(count, { one: 'Stunde', other: 'Stunden' })}`,
  minutes: (count) => `${count} ${plural(count, { one: 'Minute', other: 'Minuten' })}`,
  seconds: (count) => `${count} ${plural(count, { one: 'Sekunde', other: 'Sekunden' })}`,
  positionOf: (position, length) => `${position} von ${length}`,
  positionOnly: (position) => `${position}, Dauer unbekannt`,

  recordings: 'Aufzeichnungen',
  recordingNumber: (number) => `Aufzeichnung ${number}`,
  subject: (number, name) => `Aufzeichnung ${number}, ${name}`,
  solo: (subject) => `Solo: ${subject}`,
  mute: (subject) => `Stumm: ${subject}`,
  volumeOf: (subject) => `Lautstärke: ${subject}`,
  download: (subject) => `Herunterladen: ${subject}`,
  loadWhole: 'Ganz laden',
  loadSubjectWhole: (subject) => `Ganz laden: ${subject}`,
  retry: 'Erneut versuchen',
  retrySubject: (subject) => `Erneut versuchen: ${subject}`,
  endsBefore: (missing) =>
    `Diese Aufzeichnung endet ${missing} früher als verzeichnet, denn ihre Datei wurde abgeschnitten.`,

  pictureOf: (name) => `Bild von ${name}`,
  fullScreen: 'Wiedergabe im Vollbild zeigen',
  leaveFullScreen: 'Vollbild verlassen',

  goToClock: 'Zu einer Uhrzeit springen (g)',
  goToClockFrom: (now) => `Zu einer Uhrzeit springen; jetzt ${now}`,
  clockToGoTo: 'Gewünschte Uhrzeit',
  go: 'Springen',
  cancel: 'Abbrechen',
  noClockTime: (given, runs) =>
    `„${given}“ ist keine Uhrzeit. Erwartet wird eine Uhrzeit wie 14:19, 14:19:11 oder 2:19 pm. ${runs}`,
  notInEngagement: (given, runs) => `${given} liegt nicht in diesem Gespräch. ${runs}`,
  runs: (from, to) => `Dieses Gespräch reicht von ${from} bis ${to}.`,

  part: 'Abschnitt, der wiederholt wird',
  markIt: ': hier setzen',
  markItInstead: ': stattdessen hier setzen',
  markHint: (mark, key) => `Marke ${mark} hier setzen (${key})`,
  clearMarks: 'Marken entfernen',

  copyMoment: 'Stelle kopieren',
  copyMomentOf: (moment) => `Stelle kopieren: ${moment}`,
  momentCopied: 'Stelle kopiert',
  copyHandOver: 'Text zur Übergabe kopieren: wann, wer und ein Link',
  copyHandOverOf: (moment) => `Text zur Übergabe kopieren: ${moment}`,
  handOverCopied: 'Text zur Übergabe kopiert',
  notCopied: 'Nicht kopiert',

  waitingFor: (names) => `Warten auf ${allOf(names)} …`,
  goesOnWithout: (names) => `Das Abspielen geht ohne ${allOf(names)} weiter.`,
  nothingUntil: (until) =>
    until === undefined
      ? 'Hier wurde eine Zeit lang nichts aufgezeichnet.'
      : `Bis ${until} wurde nichts aufgezeichnet.`,
  skipIt: 'Überspringen',
  cutOff: (names) => `Vor dem Ende abgeschnitten: ${allOf(names)}.`,
  noRecordings: 'Dieses Gespräch hat keine Aufzeichnungen.',
  allUndated:
    'Die Aufzeichnungen geben nicht an, wann sie entstanden sind; sie werden nacheinander abgespielt.',
  someUndated:
    'Aufzeichnungen, die nicht angeben, wann sie entstanden sind, werden nach den anderen abgespielt.',

  noAddress: 'Diese Aufzeichnung hat keine Adresse.',
  keptAt: (host) => `Diese Aufzeichnung liegt bei ${host}, nicht hier.`,
  openThere: 'Dort öffnen',
  newTab: '(neuer Tab)',
  unusableAddress: 'Die Adresse dieser Aufzeichnung ist keine, die ein Browser öffnen kann.',
  unreachable: 'Der Server ist nicht erreichbar.',
  signedOut: 'Ihre Sitzung ist beendet. Melden Sie sich wieder an, um weiterzumachen.',
  forbidden: 'Sie dürfen diese Aufzeichnung nicht anhören.',
  gone: 'Diese Aufzeichnung ist nicht mehr hier.',
  notSent: (status) => `Der Server konnte diese Aufzeichnung nicht senden (Status ${status}).`,
  brokeOff: 'Die Verbindung brach ab, während diese Aufzeichnung geladen wurde.',
  damaged: (mediaType) =>
    `Diese Aufzeichnung ist beschädigt oder von einer Art, die dieser Browser nicht abspielen kann${bracketed(mediaType)}.`,
  unknownKind: (mediaType) =>
    `Dieser Browser kann diese Art von Aufzeichnung nicht abspielen${bracketed(mediaType)}.`,
  fromBeginningOnly:
    'Der Server sendet diese Aufzeichnung nur von Anfang an; zu anderen Stellen kann daher nicht gesprungen werden.',
}

function counted(recordings: number): string {
  return recordings === 1 ? 'Die Aufzeichnung' : `${recordings} Aufzeichnungen`
}

function bracketed(mediaType: string | undefined): string {
  return mediaType === undefined ? '' : ` (${mediaType})`
}
