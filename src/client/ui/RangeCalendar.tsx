import { DayPicker } from 'react-day-picker'
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
      labels={{ labelDayButton }}
      onSelect={(range) => onChoose(range?.from && dayOf(range.from), range?.to && dayOf(range.to))}
    />
  )
}

const dayName = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })

/** With the number as it is seen: "5", not "5th". */
function labelDayButton(date: Date, { selected, today }: { selected?: boolean; today?: boolean }): string {
  return `${dayName.format(date)}${today ? ', today' : ''}${selected ? ', chosen' : ''}`
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
