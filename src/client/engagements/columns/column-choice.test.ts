import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tableColumns } from '../../../contract/query/column-list.ts'
import {
  type ColumnChoice,
  moveColumn,
  ownColumns,
  readColumns,
  showColumn,
  shownColumns,
  widenColumn,
  withShown,
} from './column-choice.ts'

const column = fc.constantFrom(...tableColumns)
const deed: fc.Arbitrary<(choice: ColumnChoice) => ColumnChoice> = fc.oneof(
  fc.tuple(column, fc.constantFrom<(-1 | 1)[]>(-1, 1)).map(
    ([one, step]) =>
      (choice: ColumnChoice) =>
        moveColumn(choice, one, step),
  ),
  fc.tuple(column, fc.boolean()).map(
    ([one, to]) =>
      (choice: ColumnChoice) =>
        showColumn(choice, one, to),
  ),
  fc.tuple(column, fc.option(fc.integer({ min: 60, max: 600 }), { nil: undefined })).map(
    ([one, widthPx]) =>
      (choice: ColumnChoice) =>
        widenColumn(choice, one, widthPx),
  ),
)

it('keeps every column once and one of them in view, whatever is done, and reads back as it was kept', () => {
  fc.assert(
    fc.property(fc.array(deed), (deeds) => {
      const choice = deeds.reduce((before, change) => change(before), ownColumns)
      expect(choice.order.toSorted()).toEqual([...tableColumns].sort())
      expect(shownColumns(choice).length).toBeGreaterThan(0)
      expect(readColumns(JSON.stringify(choice), undefined)).toEqual(choice)
      const shown = shownColumns(choice)
      expect(shownColumns(withShown(ownColumns, shown))).toEqual(shown)
    }),
  )
})

it('lets the address say which, and the device how wide and how close', () => {
  const kept: ColumnChoice = {
    ...ownColumns,
    hidden: ['team'],
    widthsPx: { team: 90 },
    density: 'compact',
  }
  const choice = readColumns(JSON.stringify(kept), ['team', 'started'])
  expect(shownColumns(choice)).toEqual(['team', 'started'])
  expect(choice).toMatchObject({ widthsPx: { team: 90 }, density: 'compact' })
})

it.each([
  undefined,
  '',
  'nonsense',
  '[]',
  '{"order":["mood"],"hidden":[],"widthsPx":{},"density":"compact"}',
  '{"order":[],"hidden":[],"widthsPx":{"team":9},"density":"compact"}',
  `${JSON.stringify({ ...ownColumns, density: 'airy' })}`,
])('takes what was not kept by us as nothing kept: %s', (text) => {
  expect(readColumns(text, undefined)).toEqual(ownColumns)
})

it('goes on with columns that came later, and shows them where all are hidden', () => {
  const older = JSON.stringify({ ...ownColumns, order: ['team', 'started'] })
  expect(readColumns(older, undefined).order.slice(0, 3)).toEqual(['team', 'started', 'duration'])
  const none = JSON.stringify({ ...ownColumns, hidden: tableColumns })
  expect(shownColumns(readColumns(none, undefined))).toEqual(tableColumns)
})
