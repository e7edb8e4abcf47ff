/** Engagements as lines for a spreadsheet: cells apart by tabs, the first line naming them. */
import { TZDate } from '@date-fns/tz'
import type { EngagementV1 } from '../../../contract/model/engagement.ts'
import { selectionTexts } from '../../texts/en/selection.ts'
import { associatesOf, customersOf } from '../people.ts'

type Column = readonly [name: string, cell: (engagement: EngagementV1) => string | number | undefined]

/** @param linkTo the address that opens the engagement of an id */
export function rowsAsText(
  engagements: readonly EngagementV1[],
  zone: string,
  linkTo: (id: string) => string,
): string {
  const { cells, unknown } = selectionTexts()
  const time = (text: string | undefined) => text && zonedText(text, zone)
  const emails = (people: ReturnType<typeof customersOf>) => people.map(({ uri }) => uri ?? unknown).join(' ')
  const columns: readonly Column[] = [
    [cells.started(zone), ({ startDate }) => time(startDate)],
    [cells.ended(zone), ({ endDate }) => time(endDate)],
    [cells.duration, ({ duration }) => duration],
    [cells.customer, (engagement) => emails(customersOf(engagement))],
    [cells.associate, (engagement) => emails(associatesOf(engagement))],
    [cells.team, ({ assignedTeam }) => assignedTeam],
    [cells.waited, ({ pendingTime }) => pendingTime],
    [cells.status, ({ status }) => status],
    [cells.reason, ({ reason }) => reason],
    [cells.recordings, ({ recordings = [] }) => recordings.length],
    [cells.id, ({ id }) => id],
    [cells.link, ({ id }) => id && linkTo(id)],
  ]
  const lines = engagements.map((engagement) => columns.map(([, cell]) => safeCell(cell(engagement))))
  return [columns.map(([name]) => name), ...lines].map((cells) => cells.join('\t')).join('\n')
}

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; what would break the table is a space. */
export function safeCell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value)
  const flat = (value ?? '').replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
  // Wide forms are folded to narrow ones by some programs; leading space is trimmed by others.
  return /^\s*[=+\-@|%＝＋－＠]/.test(flat) ? `'${flat}` : flat
}

/** Such as `2026-11-24T23:10:05+01:00`: the time in the zone, and its offset, since an hour comes twice a year. */
function zonedText(text: string, zone: string): string {
  return new TZDate(Date.parse(text), zone).toISOString().replace('.000', '')
}
