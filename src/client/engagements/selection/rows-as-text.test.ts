import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { german } from '../../texts/de/german.ts'
import { setSpoken } from '../../texts/in-language.ts'
import { rowsAsText, safeCell } from './rows-as-text.ts'

const linkTo = (id: string) => `https://h.example/T/engagements?open=${id}`

afterEach(() => setSpoken({ language: 'en', locale: 'en-GB', translated: undefined }))

it('names the columns, and gives times in the zone shown', () => {
  const text = rowsAsText(
    [
      {
        id: 'a',
        startDate: '2026-10-25T00:30:00Z',
        endDate: '2026-10-25T01:30:00Z',
        duration: 3600,
        users: [
          { uri: 'zoe@c.example', association: 'CREATOR' },
          { uri: 'ana@x.example', association: 'MEMBER' },
        ],
        assignedTeam: '=1+1',
        status: 'successful',
        associateInitiated: false,
      },
    ],
    'Europe/Berlin',
    linkTo,
  )
  expect(text.split('\n').map((line) => line.split('\t'))).toEqual([
    [
      'Started (Europe/Berlin)',
      'Ended (Europe/Berlin)',
      'Duration (s)',
      'Customer',
      'Associate',
      'Team',
      'Waited (s)',
      'Status',
      'Reason',
      'Recordings',
      'Id',
      'Link',
    ],
    [
      // The hour that comes twice.
      '2026-10-25T02:30:00+02:00',
      '2026-10-25T02:30:00+01:00',
      '3600',
      'zoe@c.example',
      'ana@x.example',
      "'=1+1",
      '',
      'successful',
      '',
      '0',
      'a',
      'https://h.example/T/engagements?open=a',
    ],
  ])
})

it('names the columns in the language of the page, and leaves the values for machines', () => {
  setSpoken({ language: 'de', locale: 'de-DE', translated: german })
  const engagement = {
    id: 'a',
    associateInitiated: false,
    duration: 3600.5,
    status: 'successful',
    users: [{}],
  }
  const [names, values] = rowsAsText([engagement], 'Europe/Berlin', linkTo)
    .split('\n')
    .map((line) => line.split('\t'))
  expect(names?.slice(0, 4)).toEqual([
    'Begonnen (Europe/Berlin)',
    'Beendet (Europe/Berlin)',
    'Dauer (s)',
    'Kunde',
  ])
  expect(values).toEqual(expect.arrayContaining(['3600.5', 'successful', '0']))
})

it('is a table of safe cells, whatever is in the engagements', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('\t', '\n', '\r', '\u2028', ' ', '=', '+', '-', '@', 'a', '1') }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(anything, anything, anything)), (rows) => {
      const engagements = rows.map(([id, team, reason]) => ({
        id,
        assignedTeam: team,
        reason,
        associateInitiated: false,
      }))
      const lines = rowsAsText(engagements, 'UTC', linkTo).split('\n')
      expect(lines).toHaveLength(rows.length + 1)
      for (const line of lines) {
        const cells = line.split('\t')
        expect(cells).toHaveLength(12)
        for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@]/)
      }
    }),
  )
})

it('leaves what is harmless as it is', () => {
  expect(safeCell('a=b')).toBe('a=b')
  expect(safeCell(-3)).toBe('-3')
  expect(safeCell(undefined)).toBe('')
  expect(safeCell("'quoted'")).toBe("'quoted'")
  expect(safeCell(' @x')).toBe("' @x")
})
