import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'

const yearZero = Date.parse('0000-01-01T00:00:00Z')
const yearTenThousand = Date.parse('+010000-01-01T00:00:00Z')

describe('parseInstant', () => {
  it('reads back every moment that was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: yearZero, max: yearTenThousand - 1 }), (at) => {
        expect(parseInstant(formatInstant(at), 'after')).toBe(at)
        expect(parseInstant(formatInstant(at), 'before')).toBe(at)
      }),
    )
  })

  it('takes the reference’s two forms as UTC', () => {
    expect(parseInstant('2018-01-15T10:25:11', 'after')).toBe(Date.UTC(2018, 0, 15, 10, 25, 11))
    expect(parseInstant('2018-01-10', 'after')).toBe(Date.UTC(2018, 0, 10))
    expect(parseInstant('2018-01-10', 'before')).toBe(Date.UTC(2018, 0, 11) - 1)
  })

  it('takes zones and fractions', () => {
    expect(parseInstant('2018-01-15T10:25:11+01:30', 'after')).toBe(Date.UTC(2018, 0, 15, 8, 55, 11))
    expect(parseInstant('2018-01-15t10:25:11.25z', 'after')).toBe(Date.UTC(2018, 0, 15, 10, 25, 11, 250))
  })

  it('keeps an inclusive end inclusive when the fraction is finer than a millisecond', () => {
    expect(parseInstant('2018-01-15T10:25:11.0001', 'after')).toBe(Date.UTC(2018, 0, 15, 10, 25, 11, 1))
    expect(parseInstant('2018-01-15T10:25:11.0009', 'before')).toBe(Date.UTC(2018, 0, 15, 10, 25, 11, 0))
  })

  it.each([
    ['2018-02-30', 'no such day'],
    ['2018-13-01', 'no such day'],
    ['2017-02-29T10:00:00', 'no such day'],
    ['2018-01-10T24:00:00', 'no such time'],
    ['2018-01-10T10:60:00', 'no such time'],
    ['2018-01-10T10:00:00+25:00', 'no such offset'],
    ['2018-01-10T10:00:00 01:00', '%2B'],
    ['2018-1-10', 'not a date'],
    ['2018-01-10T10:25', 'not a date'],
    ['0000-01-01T00:00:00+00:01', 'outside of the years 0000 to 9999'],
    ['9999-12-31T23:59:59-00:01', 'outside of the years 0000 to 9999'],
    ['9999-12-31T23:59:59.9999', 'outside of the years 0000 to 9999'],
    ['yesterday', 'not a date'],
    ['', 'not a date'],
  ])('refuses %j: %s', (text, why) => {
    expect(parseInstant(text, 'after')).toMatchObject({ wrong: expect.stringContaining(why) })
  })
})
