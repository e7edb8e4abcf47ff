/** The calendar that a range is chosen from. */
import { inLanguage } from '../in-language.ts'

const english = {
  previousMonth: 'Go to the Previous Month',
  nextMonth: 'Go to the Next Month',
  today: (day: string) => `${day}, today`,
  chosen: (day: string) => `${day}, chosen`,
}

export type CalendarTexts = typeof english
export const calendarTexts = inLanguage('calendar', english)
