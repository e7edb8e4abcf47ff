import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOrderOf, isoOrder } from '../time/date-entry.ts'
import { fromRangeForm, type RangeForm, toRangeForm } from './range-form.ts'

const any = { from: undefined, to: undefined }
const moment = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined })
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Africa/Cairo')
const order = fc.constantFrom(isoOrder, dateOrderOf('en-GB'), dateOrderOf('en-US'))
const form = (change: Partial<RangeForm>): RangeForm => ({
  fromDay: '',
  fromTime: '',
  toDay: '',
  toTime: '',
  ...change,
})

it('changes nothing when it is applied as it was filled', () => {
  fc.assert(
    fc.property(moment, moment, zone, order, (a, b, zone, order) => {
      const range = a !== undefined && b !== undefined && a > b ? { from: b, to: a } : { from: a, to: b }
      expect(fromRangeForm(toRangeForm(range, zone, order), zone, order, range)).toEqual({ range })
    }),
  )
})

it('keeps the second hour of two that are called the same, unless it was edited', () => {
  const range = { from: Date.parse('2026-10-25T01:30:00Z'), to: undefined }
  const shown = toRangeForm(range, 'Europe/Berlin', isoOrder)
  expect(shown).toMatchObject({ fromDay: '2026-10-25', fromTime: '02:30:00' })
  expect(fromRangeForm({ ...shown, toDay: '2026-10-26' }, 'Europe/Berlin', isoOrder, range)).toMatchObject({
    range: { from: range.from },
  })
})

it('takes days without times as whole days', () => {
  const days = form({ fromDay: '2026-03-29', toDay: '2026-03-29' })
  const range = { from: Date.parse('2026-03-28T23:00:00Z'), to: Date.parse('2026-03-29T22:00:00Z') - 1 }
  expect(fromRangeForm(days, 'Europe/Berlin', isoOrder, any)).toEqual({ range })
  expect(toRangeForm(range, 'Europe/Berlin', isoOrder)).toEqual(days)
})

it('is empty for any time', () => {
  expect(toRangeForm(any, 'UTC', isoOrder)).toEqual(form({}))
  expect(fromRangeForm(form({}), 'UTC', isoOrder, { from: 1, to: 2 })).toEqual({ range: any })
})

describe('tells what is wrong at its field', () => {
  it.each([
    [{ fromDay: '2026-11-22', toDay: '2026-11-21' }, 'toDay', 'ends before it begins'],
    [
      { fromDay: '2026-11-22', fromTime: '10:00', toDay: '2026-11-22', toTime: '09:00' },
      'toDay',
      'ends before',
    ],
    [{ fromTime: '10:00' }, 'fromDay', 'day as well'],
    [{ toTime: '10:00' }, 'toDay', 'day as well'],
    [{ fromDay: '2026-02-30' }, 'fromDay', 'no such day'],
    [{ toDay: '2026-02-30' }, 'toDay', 'no such day'],
  ] as const)('%j', (change, field, message) => {
    expect(fromRangeForm(form(change), 'UTC', isoOrder, any)).toMatchObject({
      field,
      message: expect.stringContaining(message),
    })
  })
})

it('reads days in the order of the user’s language', () => {
  const typed = form({ fromDay: '2/3/2026', toDay: '2026-03-04' })
  const read = (language: string) => fromRangeForm(typed, 'UTC', dateOrderOf(language), any)
  const to = Date.UTC(2026, 2, 5) - 1
  expect(read('en-GB')).toEqual({ range: { from: Date.UTC(2026, 2, 2), to } })
  expect(read('en-US')).toEqual({ range: { from: Date.UTC(2026, 1, 3), to } })
})
