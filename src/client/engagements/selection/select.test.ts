import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nothing, rowsBetween, select } from './select.ts'

const row = (id?: string) => ({ associateInitiated: false, ...(id !== undefined && { id }) })
const rows = ['a', 'b', 'c', 'd'].map(row)

it('chooses rows and lets them go, keeping the order of choosing', () => {
  const chosen = select(select(nothing, [row('c'), row()], true), [row('a'), row('b')], true)
  expect([...chosen.keys()]).toEqual(['c', 'a', 'b'])
  expect([...select(chosen, [row('a'), row('x')], false).keys()]).toEqual(['c', 'b'])
  expect(nothing.size).toBe(0)
})

it('takes the rows between two, in the list’s order, whichever is named first', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(3), (from, to) => {
      const between = rowsBetween(rows, rows[from]?.id, rows[to]?.id)
      expect(between).toEqual(rowsBetween(rows, rows[to]?.id, rows[from]?.id))
      expect(between).toHaveLength(Math.abs(from - to) + 1)
      expect(between).toContain(rows[to])
    }),
  )
})

it('takes the row itself where no other was chosen on this page', () => {
  expect(rowsBetween(rows, undefined, 'c')).toEqual([row('c')])
  expect(rowsBetween(rows, 'elsewhere', 'c')).toEqual([row('c')])
  expect(rowsBetween(rows, 'a', 'elsewhere')).toEqual([])
})
