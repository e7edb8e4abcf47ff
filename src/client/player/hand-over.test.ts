import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type HandOver, handOverText } from './hand-over.ts'

const link = 'https://hindsight.example/T/engagements?open=call-7&rec=2&t=151'
const full: HandOver = {
  engagement: {
    id: 'call-7',
    startDate: '2026-11-22T13:16:20Z',
    associateInitiated: false,
    assignedTeam: 'Cards',
    users: [
      { uri: 'zoe.w@post.example', association: 'CREATOR' },
      { uri: 'ana.ruiz@premier.example', association: 'MEMBER' },
      { uri: 'm.tanaka@premier.example', association: 'LISTENER' },
      { uri: 'x@premier.example' },
      { association: 'MEMBER' },
    ],
    recordings: [{ user: 'zoe.w@post.example' }, { user: 'ana.ruiz@premier.example' }],
  },
  recordingIndex: 1,
  atSeconds: 151.8,
  lengthSeconds: 432,
  timelineStartMs: Date.parse('2026-11-22T13:16:40Z'),
  zone: 'Europe/Berlin',
  link,
}
const bare: HandOver = {
  ...full,
  engagement: { associateInitiated: false },
  recordingIndex: 0,
  lengthSeconds: undefined,
  timelineStartMs: undefined,
}

test('a moment with all that is known of it', () => {
  expect(handOverText(full)).toBe(
    `Engagement: call-7
Started: 22 Nov 2026 14:16:20 CET (UTC+01:00)
Team: Cards
Customer: zoe.w@post.example
Associate: ana.ruiz@premier.example
LISTENER: m.tanaka@premier.example
User: x@premier.example
Recording 2: ana.ruiz@premier.example
At: 14:19:11 CET (02:31 of 07:12)
${link}`,
  )
})

test('a part is told from A to B', () => {
  expect(handOverText({ ...full, part: { fromSeconds: 151, toSeconds: 180 } })).toContain(
    '\nPart: 14:19:11 to 14:19:40 CET (02:31 to 03:00 of 07:12)\n',
  )
})

test('what is not known has no line', () => {
  expect(handOverText(bare)).toBe(`At: 02:31\n${link}`)
})

test.each([
  ['UTC', 'Started: 22 Nov 2026 13:16:20 UTC', 'At: 13:19:11 UTC'],
  ['America/St_Johns', 'Started: 22 Nov 2026 09:46:20 GMT-3:30 (UTC-03:30)', 'At: 09:49:11 GMT-3:30'],
  ['Asia/Kolkata', 'Started: 22 Nov 2026 18:46:20 GMT+5:30 (UTC+05:30)', 'At: 18:49:11 GMT+5:30'],
])('in %s', (zone, started, at) => {
  const lines = handOverText({ ...full, zone }).split('\n')
  expect(lines).toContain(started)
  expect(lines).toContain(`${at} (02:31 of 07:12)`)
})

test('a moment of another day than the start says which', () => {
  const late = { ...full, timelineStartMs: Date.parse('2026-11-22T22:59:00Z') }
  expect(handOverText(late)).toContain('\nAt: 23 Nov 2026 00:01:31 CET (02:31 of 07:12)\n')
  expect(handOverText({ ...late, part: { fromSeconds: 30, toSeconds: 90 } })).toContain(
    '\nPart: 22 Nov 2026 23:59:30 to 23 Nov 2026 00:00:30 CET (00:30 to 01:30 of 07:12)\n',
  )
  const dateless = { ...full.engagement, startDate: undefined }
  expect(handOverText({ ...full, engagement: dateless })).toContain('\nAt: 22 Nov 2026 14:19:11 CET (02:31')
})

test('names from right to left stand last on a line of their own, as they came', () => {
  const users = [
    { uri: 'דנה@דואר.example', association: 'CREATOR' },
    { uri: 'ليلى@premier.example', association: 'MEMBER' },
  ]
  const lines = handOverText({ ...full, engagement: { ...full.engagement, users, recordings: [] } }).split(
    '\n',
  )
  expect(lines.slice(3, 5)).toEqual(['Customer: דנה@דואר.example', 'Associate: ليلى@premier.example'])
})

test('nothing that came with an engagement adds a line, or turns what stands after it', () => {
  const turning = fc.string({
    unit: fc.constantFrom('a', ' ', '\n', '\r', '\u0000', '\u2028', '\u202e', '\u2066', 'ש', '@'),
  })
  fc.assert(
    fc.property(turning, turning, turning, (assignedTeam, uri, association) => {
      const engagement = { ...full.engagement, assignedTeam, users: [{ uri, association }], recordings: [] }
      const text = handOverText({ ...full, engagement })
      expect(text.split(/[\n\r\u2028\u2029]/).length).toBeLessThanOrEqual(6)
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
      expect(text.endsWith(`\n${link}`)).toBe(true)
    }),
  )
})
