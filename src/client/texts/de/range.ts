import type { RangeTexts } from '../en/range.ts'

export const range: RangeTexts = {
  letters: { day: 'TT', month: 'MM', year: 'JJJJ' },
  editor: (range) => `${range}: Zeitraum`,
  presets: (range) => `${range}: Vorgaben`,
  calendar: (range) => `${range}: Kalender`,
  from: 'Von',
  to: 'Bis',
  day: 'Tag',
  time: 'Uhrzeit',
  zone: (zone) => `Die Zeiten gelten in ${zone}. Ein Tag ohne Uhrzeit zählt ganz.`,
  openLeftOut: 'Noch offene Gespräche haben kein Ende und fehlen daher.',
  apply: 'Anwenden',
  cancel: 'Abbrechen',
  wrongPreset: (preset, why) => `${preset}: ${why}`,
  both: (started, ended) => `Begonnen ${started}. Beendet ${ended}.`,

  dayMissing: 'Geben Sie auch den Tag an',
  endsBeforeItBegins: 'Der Zeitraum endet, bevor er beginnt',
  writeDay: (pattern) => `Schreiben Sie den Tag als ${pattern} oder JJJJ-MM-TT`,
  writeYear: (pattern) => `Schreiben Sie das Jahr mit vier Ziffern, wie in ${pattern}`,
  noSuchDay: 'Diesen Tag gibt es nicht',
}
