/** The zone in which times are shown. */

export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The zone's short name at a moment, such as CET or GMT-3. */
export function zoneAbbreviation(zone: string, at: number): string {
  const parts = formatter(zone, 'abbreviation').formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
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

// Making a formatter costs a hundred times what using it does.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string, style: TimeStyle): Intl.DateTimeFormat {
  const key = `${style} ${zone}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...styles[style], timeZone: zone })
  formatters.set(key, made)
  return made
}

/** A moment as text in a zone, such as `22 Nov 2026, 14:16:40`. */
export function formatTime(at: number, zone: string, style: TimeStyle): string {
  return formatter(zone, style).format(at).replace(',', '')
}
