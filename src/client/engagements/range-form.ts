/** The range editor's fields to a range and back. Pure: the editor only shows what these say. */
import { rangeTexts } from '../texts/en/range.ts'
import { type DateOrder, readDay, writeDay } from '../time/date-entry.ts'
import type { Range } from '../time/presets.ts'
import { fromWallClock, isDayEdge, toWallClock } from '../time/wall-clock.ts'

/** What the four inputs hold, days in the order of the user's language; empty is not given. */
export interface RangeForm {
  fromDay: string
  fromTime: string
  toDay: string
  toTime: string
}

export type RangeReading =
  | { readonly range: Range }
  | { readonly field: keyof RangeForm; readonly message: string }

export function toRangeForm({ from, to }: Range, zone: string, order: DateOrder): RangeForm {
  const first = toWallClock(from, zone)
  const last = toWallClock(to, zone)
  // Whole days are edited as days: their midnights are left out.
  return {
    fromDay: writeDay(first.day, order),
    fromTime: from !== undefined && isDayEdge(from, zone, 'from') ? '' : first.time,
    toDay: writeDay(last.day, order),
    toTime: to !== undefined && isDayEdge(to, zone, 'to') ? '' : last.time,
  }
}

/**
 * @param applied the range the form was filled from: what was left as it was stands for the very same moment, though the fields
 * show no fraction of a second and cannot tell apart an hour that comes twice
 */
export function fromRangeForm(form: RangeForm, zone: string, order: DateOrder, applied: Range): RangeReading {
  const [first, last] = [readDay(form.fromDay, order), readDay(form.toDay, order)]
  if ('wrong' in first) return { field: 'fromDay', message: first.wrong }
  if ('wrong' in last) return { field: 'toDay', message: last.wrong }
  if (first.day === '' && form.fromTime !== '') return { field: 'fromDay', message: rangeTexts().dayMissing }
  if (last.day === '' && form.toTime !== '') return { field: 'toDay', message: rangeTexts().dayMissing }
  const shown = toRangeForm(applied, zone, order)
  const from =
    form.fromDay === shown.fromDay && form.fromTime === shown.fromTime
      ? applied.from
      : fromWallClock({ day: first.day, time: form.fromTime }, zone, 'from')
  const to =
    form.toDay === shown.toDay && form.toTime === shown.toTime
      ? applied.to
      : fromWallClock({ day: last.day, time: form.toTime }, zone, 'to')
  if (from !== undefined && to !== undefined && to < from)
    return { field: 'toDay', message: rangeTexts().endsBeforeItBegins }
  return { range: { from, to } }
}
