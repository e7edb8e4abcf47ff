import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EngagementV1 } from '../model/engagement.ts'
import { formatInstant } from '../query/instant.ts'
import { readEngagement, readEngagementList, writeEngagement } from './json.ts'

const instantText = fc.integer({ min: 0, max: 4e12 }).map(formatInstant)
const amount = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
)
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const upper = fc.string().map((text) => text.toUpperCase())
const lower = fc.string().map((text) => text.toLowerCase())

const recording = fc.record(
  {
    uri: fc.string(),
    user: fc.emailAddress(),
    created: instantText,
    duration: amount,
    size: fc.nat(),
    contents: upper,
  },
  { requiredKeys: [] },
)
const engagement: fc.Arbitrary<EngagementV1> = fc
  .record({
    startDate: optional(instantText),
    endDate: optional(instantText),
    id: optional(fc.string()),
    duration: optional(amount),
    contents: optional(upper),
    context: optional(fc.json()),
    users: optional(
      fc.array(fc.record({ uri: fc.emailAddress(), association: upper }, { requiredKeys: [] })),
    ),
    recordings: optional(fc.array(recording)),
    releaseState: optional(lower),
    status: optional(lower),
    pendingTime: optional(fc.nat()),
    assignedTeam: optional(fc.string()),
    associateInitiated: fc.boolean(),
    reason: optional(fc.string()),
    somethingNew: fc.option(fc.jsonValue({ noUnicodeString: false }), { nil: undefined }),
  })
  .map((fields) => JSON.parse(JSON.stringify(fields)))

describe('an engagement in JSON', () => {
  it('reads back as it was written, unknown fields included', () => {
    fc.assert(
      fc.property(engagement, (value) => {
        const text = writeEngagement(value)
        const read = readEngagement(JSON.parse(text))
        expect(read).toEqual({ ok: true, value })
        expect(read.ok && writeEngagement(read.value)).toBe(text)
      }),
    )
  })

  it('has its fields in the contract’s order, whatever order they came in', () => {
    const text = writeEngagement({
      zz: 1,
      reason: 'r',
      id: '1',
      associateInitiated: true,
      startDate: '2018-01-15T10:25:11Z',
    })
    expect(text).toBe(
      '{"startDate":"2018-01-15T10:25:11Z","id":"1","associateInitiated":true,"reason":"r","zz":1}',
    )
  })

  it.each([
    [1516011911, '2018-01-15T10:25:11Z'],
    [1516011911000, '2018-01-15T10:25:11Z'],
    ['1516011911', '2018-01-15T10:25:11Z'],
    [' 1516011911250 ', '2018-01-15T10:25:11.250Z'],
    ['2018-01-15T10:25:11', '2018-01-15T10:25:11Z'],
    ['2018-01-15 10:25:11', '2018-01-15T10:25:11Z'],
    ['2018-01-15T11:25:11+01:00', '2018-01-15T10:25:11Z'],
    ['2018-01-15', '2018-01-15T00:00:00Z'],
  ])('takes the date %j', (startDate, expected) => {
    expect(readEngagement({ startDate })).toEqual({
      ok: true,
      value: { startDate: expected, associateInitiated: false },
    })
  })

  it('takes words in either case, null for absent, numbers as strings, one thing for a list', () => {
    const read = readEngagement({
      id: 7,
      status: 'Successful',
      contents: 'audio',
      endDate: null,
      recordings: null,
      duration: '12',
      associateInitiated: 'TRUE',
      users: { uri: 'ana@x.example', association: 'member' },
    })
    expect(read.ok && writeEngagement(read.value)).toBe(
      '{"id":"7","duration":12,"contents":"AUDIO","users":[{"uri":"ana@x.example","association":"MEMBER"}],"status":"successful","associateInitiated":true}',
    )
  })

  it('keeps a word it does not know as it is', () => {
    const unknown = { contents: 'Hologram', releaseState: 'RingingOut', status: ' Parked ' }
    expect(readEngagement(unknown)).toMatchObject({ ok: true, value: unknown })
  })

  it.each([
    [{ startDate: '2018-02-30' }, 'startDate'],
    [{ startDate: 'soon' }, 'startDate'],
    [{ startDate: 1e300 }, 'startDate'],
    [{ duration: -1 }, 'duration'],
    [{ duration: 'long' }, 'duration'],
    [{ recordings: [{}, { created: 'x' }] }, 'recordings[1].created'],
    [{ users: 'ana' }, 'users[0]'],
    [{ associateInitiated: 'perhaps' }, 'associateInitiated'],
    [{ assignedTeam: {} }, 'assignedTeam'],
    [{ context: [] }, 'context'],
    [{ Duration: 'long' }, 'duration'],
    [[], '(the whole)'],
    [null, '(the whole)'],
  ])('names what it cannot read in %j', (given, field) => {
    const read = readEngagement(given)
    expect(read.ok ? [] : read.errors.map((error) => error.field)).toEqual([field])
  })
})

it('reads a page and lists the rows it could not read', () => {
  const read = readEngagementList({
    hasMore: true,
    engagements: [{ id: 'a' }, { startDate: 'x' }, { id: 'b' }],
  })
  expect(read).toMatchObject({
    ok: true,
    value: { hasMore: true, engagements: [{ id: 'a' }, { id: 'b' }], unread: [{ row: 1 }] },
  })
  expect(readEngagementList({ rows: [] })).toMatchObject({ ok: false })
})
