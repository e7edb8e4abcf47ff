import type { CalendarTexts } from '../en/calendar.ts'

export const calendar: CalendarTexts = {
  previousMonth: 'Zum vorigen Monat',
  nextMonth: 'Zum nächsten Monat',
  today: (day) => `${day}, heute`,
  chosen: (day) => `${day}, ausgewählt`,
}
