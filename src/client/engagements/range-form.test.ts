import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromRangeForm, type RangeForm, toRangeForm } from './range-form.ts'

const any = { from: undefined, to: undefined }
const moment = fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined })
const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Africa/Cairo')
const form = (change: Partial<RangeForm>): RangeForm => ({
  fromDay: '',
  fromTime: '',
  toDay: '',
  toTime: '',
  ...change,
})

it('changes nothing when it is applied as it was filled', () => {
  fc.assert(
    fc.property(moment, moment, zone, (a, b, zone) => {
      const range = a !== undefined && b !== undefined && a > b ? { from: b, to: a } : { from: a, to: b }
      expect(fromRangeForm(toRangeForm(range, zone), zone, range)).toEqual({ range })
    }),
  )
})

it('keeps the second hour of two that are called the same, unless it was edited', () => {
  const range = { from: Date.parse('2026-10-25T01:30:00Z'), to: undefined }
  const shown = toRangeForm(range, 'Europe/Berlin')
  expect(shown).toMatchObject({ fromDay: '2026-10-25', fromTime: '02:30:00' })
  expect(fromRangeForm({ ...shown, toDay: '2026-10-26' }, 'Europe/Berlin', range)).toMatchObject({
    range: { from: range.from },
  })
})

it('takes days without times as whole days', () => {
  const days = form({ fromDay: '2026-03-29', toDay: '2026-03-29' })
  const range = { from: Date.parse('2026-03-28T23:00:00Z'), to: Date.parse('2026-03-29T22:00:00Z') - 1 }
  expect(fromRangeForm(days, 'Europe/Berlin', any)).toEqual({ range })
  expect(toRangeForm(range, 'Europe/Berlin')).toEqual(days)
})

it('is empty for any time', () => {
  expect(toRangeForm(any, 'UTC')).toEqual(form({}))
  expect(fromRangeForm(form({}), 'UTC', { from: 1, to: 2 })).toEqual({ range: any })
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
    expect(fromRangeForm(form(change), 'UTC', any)).toMatchObject({
      field,
      message: expect.stringContaining(message),
    })
  })
})
