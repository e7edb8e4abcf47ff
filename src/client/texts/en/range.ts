/** The editor of a range: presets, days and times to be typed, and what may be wrong with them. */
import { inLanguage } from '../in-language.ts'

/** Which of a day's parts are written with which letters. */
const letters = { day: 'dd', month: 'mm', year: 'yyyy' }

const english = {
  letters,
  editor: (range: string) => `${range}: range`,
  presets: (range: string) => `${range}: presets`,
  calendar: (range: string) => `${range}: calendar`,
  from: 'From',
  to: 'To',
  day: 'Day',
  time: 'Time',
  zone: (zone: string) => `Times are ${zone}. A day without a time counts whole.`,
  openLeftOut: 'Engagements that are still open have no end, so they are left out.',
  apply: 'Apply',
  cancel: 'Cancel',
  wrongPreset: (preset: string, why: string) => `${preset}: ${why}`,
  /** Both ranges, for those who do not see them drawn. */
  both: (started: string, ended: string) => `Started ${started}. Ended ${ended}.`,

  dayMissing: 'Give the day as well',
  endsBeforeItBegins: 'The range ends before it begins',
  writeDay: (pattern: string) => `Write the day as ${pattern} or yyyy-mm-dd`,
  writeYear: (pattern: string) => `Write the year with four digits, as in ${pattern}`,
  noSuchDay: 'There is no such day',
}

export type RangeTexts = typeof english
export const rangeTexts = inLanguage('range', english)
