/** `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. */

/** Nobody can put us off for longer. */
const longestMs = 3600_000

/** @returns undefined for what is neither; a date that has passed is 0 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined
  const text = value.trim()
  const waitMs = /^\d{1,10}$/.test(text) ? Number(text) * 1000 : httpDate(text) - nowMs
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), longestMs)
}

/** IMF-fixdate and the two older forms, of which one leaves out that it is GMT. Date.parse alone would take "7" for a year. */
function httpDate(text: string): number {
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return Number.NaN
  return Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
}
