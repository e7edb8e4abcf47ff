/** The forms that go with a number, where the English has no others or has them elsewhere. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setSpoken } from '../in-language.ts'
import { german } from './german.ts'

const { cells, detail, exportDialog, selection } = german

beforeAll(() => setSpoken({ language: 'de', locale: 'de-DE', translated: german }))
afterAll(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

it('counts recordings', () => {
  expect(cells.play(1, 'x')).toBe('1 Aufzeichnung von x abspielen')
  expect(cells.inPlayer(2, 'x')).toBe('In der Wiedergabe: 2 Aufzeichnungen von x')
  expect([2, 3].map(detail.playAll)).toEqual([
    'Beide gleichzeitig abspielen',
    'Alle 3 gleichzeitig abspielen',
  ])
})

it('counts the rows of an export, by how many there are and not by how many came', () => {
  expect(exportDialog.rows(1, 1)).toBe('1 von 1 Zeile')
  expect(exportDialog.rows(1, 12)).toBe('1 von 12 Zeilen')
  expect(exportDialog.rows(12_000, 20_483)).toBe('12.000 von 20.483 Zeilen')
})

it('tells of rows on other pages only where there are some', () => {
  expect(selection.selected(3, 0)).toEqual([{ strong: '3 ausgewählt' }])
  expect(selection.selected(1200, 2)).toEqual([
    { strong: '1.200 ausgewählt' },
    ', davon 2 nicht auf dieser Seite',
  ])
})
