/** The zone in which times are shown. */
import { formatCache } from '../texts/format-cache.ts'
import { currentWording } from '../texts/in-language.ts'

export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The zone's short name at some moments, as the reader's locale has it, such as CET, MEZ or GMT-3; of summer and winter CEST/CET. */
export function zoneAbbreviation(zone: string, ...moments: readonly number[]): string {
  const names = moments.map(
    (at) =>
      formatter(zone, 'abbreviation')
        .formatToParts(at)
        .find(({ type }) => type === 'timeZoneName')?.value ?? zone,
  )
  return [...new Set(names)].join('/')
}

const styles = {
  dateTime: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  minute: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  abbreviation: { hour: 'numeric', timeZoneName: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type TimeStyle = keyof typeof styles

const formatters = formatCache((key) => {
  const [locale, style, zone] = key.split(' ') as [string, TimeStyle, string]
  // The calendar of the filters' fields, whatever the locale's own is: what is read here can be written there.
  return new Intl.DateTimeFormat(locale, { ...styles[style], calendar: 'gregory', timeZone: zone })
})

function formatter(zone: string, style: TimeStyle): Intl.DateTimeFormat {
  return formatters(`${currentWording().locale} ${style} ${zone}`)
}

/** A moment as text in a zone, as the reader's locale writes it, such as `22 Nov 2026 14:16:40` or `22. Nov. 2026, 14:16:40`. */
export function formatTime(at: number, zone: string, style: TimeStyle): string {
  const text = formatter(zone, style).format(at)
  // British English alone: within an English sentence its comma would end the clause between day and time.
  return currentWording().locale === 'en-GB' ? text.replace(',', '') : text
}
