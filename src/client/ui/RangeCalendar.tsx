import { DayPicker } from 'react-day-picker'
import { numberText } from '../texts/amounts.ts'
import { calendarTexts } from '../texts/en/calendar.ts'
import { formatCache } from '../texts/format-cache.ts'
import { currentWording } from '../texts/in-language.ts'
import styles from './RangeCalendar.module.css'

interface RangeCalendarProps {
  readonly label: string
  /** Days as ISO 8601 has them, as all days here; absent: not chosen. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly today: string
  onChoose(from: string | undefined, to: string | undefined): void
}

const classNames = {
  root: styles.root ?? '',
  months: styles.months ?? '',
  month: styles.month ?? '',
  nav: styles.nav ?? '',
  button_previous: styles.turn ?? '',
  button_next: styles.turn ?? '',
  chevron: styles.chevron ?? '',
  month_caption: styles.caption ?? '',
  month_grid: styles.grid ?? '',
  weekday: styles.weekday ?? '',
  day: styles.day ?? '',
  day_button: styles.button ?? '',
  today: styles.today ?? '',
  outside: styles.outside ?? '',
  range_start: styles.edge ?? '',
  range_end: styles.edge ?? '',
  range_middle: styles.middle ?? '',
} as const

/** A month to choose a first and a last day from: by pointer, or by the arrow keys. */
export function RangeCalendar({ label, from, to, today, onChoose }: RangeCalendarProps) {
  return (
    <DayPicker
      mode="range"
      aria-label={label}
      classNames={classNames}
      weekStartsOn={1}
      today={dateOf(today)}
      defaultMonth={dateOf(to ?? from ?? today)}
      selected={{
        from: from === undefined ? undefined : dateOf(from),
        to: to === undefined ? undefined : dateOf(to),
      }}
      resetOnSelect
      labels={labels}
      formatters={formatters}
      onSelect={(range) => onChoose(range?.from && dayOf(range.from), range?.to && dayOf(range.to))}
    />
  )
}

const labels = {
  labelPrevious: () => calendarTexts().previousMonth,
  labelNext: () => calendarTexts().nextMonth,
  labelGrid: monthName,
  labelWeekday: (date: Date) => format(date, 'weekday'),
  labelDayButton,
}

const formatters = {
  formatCaption: monthName,
  formatWeekdayName: weekdayHead,
  formatDay: (date: Date) => numberText(date.getDate()),
}

const styleOf = {
  day: { dateStyle: 'full' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  short: { weekday: 'short' },
  narrow: { weekday: 'narrow' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const formats = formatCache((key) => {
  const [locale, style] = key.split(' ') as [string, keyof typeof styleOf]
  // The days are those of our own calendar; another one's months would begin within a row.
  return new Intl.DateTimeFormat(locale, { ...styleOf[style], calendar: 'gregory' })
})

function format(date: Date, style: keyof typeof styleOf): string {
  return formats(`${currentWording().locale} ${style}`).format(date)
}

function monthName(date: Date): string {
  return format(date, 'month')
}

/** As much of the weekday as fits over a day: "Mo" in English and German, "月" in Japanese, "ن" in Arabic. */
function weekdayHead(date: Date): string {
  const short = format(date, 'short')
  if (currentWording().locale.startsWith('en')) return short.slice(0, 2)
  return short.length > 3 ? format(date, 'narrow') : short
}

/** With the number as it is seen: "5", not "5th". */
function labelDayButton(date: Date, { selected, today }: { selected?: boolean; today?: boolean }): string {
  const texts = calendarTexts()
  const day = format(date, 'day')
  const told = today ? texts.today(day) : day
  return selected ? texts.chosen(told) : told
}

/** The library speaks of days as dates of this device's zone; at noon, which every day has. */
function dateOf(day: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12)
}

function dayOf(date: Date): string {
  const pad = (value: number, length: number) => String(value).padStart(length, '0')
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`
}
