/** What the file of an export is called: tenant, ranges and moment, in characters that every file system takes. */

import type { ExportQuery } from '../query/export-query.ts'
import { type EpochMs, earliestInstant } from '../query/instant.ts'
import { zonedTime } from '../query/zoned-time.ts'

/** File systems take 255 bytes; this leaves room for all else. */
const mostTenantBytes = 72

/** @param query of an exact moment @param part `whole`, or `partial` for what came of one that broke off */
export function exportName(tenant: string, query: ExportQuery, part: 'whole' | 'partial' = 'whole'): string {
  const time = zonedTime(query.tz ?? 'UTC')
  const parts = [
    shortened(tenant),
    ...rangeParts('started', query.startAfter, query.startBefore, time),
    ...rangeParts('ended', query.endAfter, query.endBefore, time),
    ...(typeof query.asOf === 'number' && query.asOf !== earliestInstant
      ? [`as-of-${compact(time(query.asOf))}`]
      : []),
  ]
  return `${parts.join('_')}${part === 'partial' ? '-partial' : ''}.${query.format}`
}

function rangeParts(
  what: string,
  from: EpochMs | undefined,
  to: EpochMs | undefined,
  time: (at: EpochMs) => string,
): string[] {
  if (from === undefined && to === undefined) return what === 'started' ? ['any-time'] : []
  const first = from === undefined ? undefined : edge(time(from), 'T00:00:00')
  const last = to === undefined ? undefined : edge(time(to), 'T23:59:59.999')
  if (first === undefined) return [`${what}-until-${last}`]
  return [last === undefined ? `${what}-since-${first}` : `${what}-${first}-to-${last}`]
}

function shortened(tenant: string): string {
  let bytes = 0
  let text = ''
  for (const letter of tenant) {
    const code = letter.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (bytes > mostTenantBytes) break
    text += letter
  }
  return text
}

/** A whole day is told as a day. */
function edge(text: string, time: string): string {
  return text.slice(10).replace(/[+-]\d\d:\d\d$/, '') === time ? text.slice(0, 10) : compact(text)
}

function compact(text: string): string {
  return text.replaceAll(':', '')
}
