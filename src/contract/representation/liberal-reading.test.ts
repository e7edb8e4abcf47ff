/** Whatever the reference leaves open may be written this way or that, and is read as the same. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant } from '../query/instant.ts'
import { readEngagement, readEngagementList, writeEngagement, writeEngagementList } from './json.ts'

/** A value as it is read, and one of the ways in which it may come. */
interface Spelt {
  readonly read: unknown
  readonly given: unknown
}

const spelt = <T>(value: fc.Arbitrary<T>, ...ways: ((value: T) => unknown)[]): fc.Arbitrary<Spelt> =>
  fc.tuple(value, fc.constantFrom(...ways)).map(([read, way]) => ({ read, given: way(read) }))

// Milliseconds before 1973 look like seconds: the one thing that cannot be told apart.
const moment = fc.integer({ min: 1.1e11, max: 4e12 })
const date = fc
  .tuple(
    moment,
    fc.constantFrom<(atMs: number) => unknown>(
      (atMs) => atMs,
      String,
      (atMs) => ` ${atMs}`,
      (atMs) => atMs / 1000,
      (atMs) => String(atMs / 1000),
      (atMs) => new Date(atMs).toISOString(),
      (atMs) => new Date(atMs).toISOString().slice(0, -1),
      (atMs) => new Date(atMs + 5_400_000).toISOString().replace('Z', '+01:30'),
      (atMs) => new Date(atMs + 5_400_000).toISOString().replace('Z', '+0130'),
      (atMs) => new Date(atMs - 7_200_000).toISOString().replace('Z', '-02').replace('.', ','),
      (atMs) => new Date(atMs).toISOString().replace('Z', '000000Z[UTC]').replace('T', ' '),
    ),
  )
  .map(([atMs, way]): Spelt => ({ read: formatInstant(atMs), given: way(atMs) }))

const amount = spelt(
  fc.nat(),
  (n) => n,
  String,
  (n) => ` ${n} `,
)
const someCase = (word: string, upper: readonly boolean[]) =>
  [...word]
    .map((letter, n) => (upper[n % upper.length] ? letter.toUpperCase() : letter.toLowerCase()))
    .join('')
const anyCase = (word: string) =>
  fc.array(fc.boolean(), { minLength: 1 }).map((upper) => someCase(word, upper))
const word = (...words: string[]) =>
  fc.constantFrom(...words).chain((read) => anyCase(read).map((given): Spelt => ({ read, given })))
const flag = spelt(
  fc.boolean(),
  (b) => b,
  String,
  (b) => String(b).toUpperCase(),
  Number,
  (b) => String(Number(b)),
)
const text = spelt(fc.string(), (t) => t)
const unknownField = spelt(fc.jsonValue(), (value) => value)

/** An object of fields, each there or not, under its name in whichever letter case. */
function speltObject(fields: Readonly<Record<string, fc.Arbitrary<Spelt>>>): fc.Arbitrary<Spelt> {
  const each = Object.entries(fields).map(([name, value]) =>
    fc.option(
      fc.tuple(fc.constant(name), name === 'somethingNew' ? fc.constant(name) : anyCase(name), value),
    ),
  )
  return fc.tuple(...each).map((found) => {
    const there = found.filter((one) => one !== null)
    return {
      read: Object.fromEntries(there.map(([name, , value]) => [name, value.read])),
      given: Object.fromEntries(there.map(([, name, value]) => [name, value.given])),
    }
  })
}

const speltList = (item: fc.Arbitrary<Spelt>): fc.Arbitrary<Spelt> =>
  fc.array(item, { maxLength: 3 }).map((items) => {
    const [only, ...others] = items
    const alone = only !== undefined && others.length === 0
    return {
      read: items.map(({ read }) => read),
      given: alone ? only.given : items.map(({ given }) => given),
    }
  })

const contents = word('AUDIO', 'AUDIOVIDEO', 'VIDEO')
const engagement = speltObject({
  startDate: date,
  endDate: date,
  id: text,
  duration: amount,
  contents,
  users: speltList(speltObject({ uri: text, association: word('CREATOR', 'MEMBER') })),
  recordings: speltList(speltObject({ uri: text, created: date, duration: amount, size: amount, contents })),
  releaseState: word('connected', 'attempted'),
  status: word('successful', 'unsuccessful'),
  pendingTime: amount,
  assignedTeam: text,
  associateInitiated: flag,
  reason: text,
  somethingNew: unknownField,
})

it.each([
  ['2018-01-15T10:25Z', '2018-01-15T10:25:00Z'],
  ['2018-01-15T10:25+0100', '2018-01-15T09:25:00Z'],
  ['2018-01-15 10:25', '2018-01-15T10:25:00Z'],
  ['2018-01-15T10:25:11.000+0000', '2018-01-15T10:25:11Z'],
  ['2018-01-15T10:25:11.5+01:00[Europe/Berlin]', '2018-01-15T09:25:11.500Z'],
  ['2018-01-15', '2018-01-15T00:00:00Z'],
])('reads the date %s', (startDate, read) => {
  expect(readEngagement({ startDate })).toMatchObject({ ok: true, value: { startDate: read } })
})

it.each([
  '2018-01-15T10',
  '2018-01-15T10:25.5',
  '2018-02-30T10:25',
  '2018-01-15T10:25+1',
  '2018-01-15+01:00',
  '15.01.2018',
])('reads no date in %s', (startDate) => {
  expect(readEngagement({ startDate })).toMatchObject({ ok: false, errors: [{ field: 'startDate' }] })
})

describe('an engagement', () => {
  it('means the same in whichever way it is written', () => {
    fc.assert(
      fc.property(engagement, ({ read, given }) => {
        const came = JSON.parse(JSON.stringify(given))
        const expected = JSON.parse(JSON.stringify(read))
        expect(readEngagement(came)).toEqual({ ok: true, value: { associateInitiated: false, ...expected } })
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps whatever else it has', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().map((name) => `x-${name}`),
          fc.jsonValue(),
        ),
        (more) => {
          const came = JSON.parse(JSON.stringify(more))
          expect(readEngagement({ ...came, id: 'a' })).toEqual({
            ok: true,
            value: { ...came, id: 'a', associateInitiated: false },
          })
        },
      ),
    )
  })

  it.each(['toString', 'constructor', 'hasOwnProperty', 'proto'])('keeps a field called %s', (name) => {
    const came: object = JSON.parse(`{"id":"a","${name}":{"x":1},"Status":"parked"}`)
    const read = readEngagement(came)
    expect(read.ok && writeEngagement(read.value)).toBe(
      `{"id":"a","status":"parked","associateInitiated":false,"${name}":{"x":1}}`,
    )
  })

  it('tells of a field that would change what objects are', () => {
    const came: object = JSON.parse('{"id":"a","__proto__":{"x":1},"associateInitiated":false}')
    expect(readEngagement(came)).toMatchObject({ ok: false, errors: [{ field: '__proto__' }] })
  })

  it('has a name in another letter case beside the contract’s own as a field that is not known', () => {
    expect(readEngagement({ ID: 'x', id: 'a' })).toMatchObject({ value: { id: 'a', ID: 'x' } })
    expect(readEngagement({ ID: 'x', Id: 'y' })).toMatchObject({ value: { id: 'x', Id: 'y' } })
  })

  it('has an object for its context as the JSON that it is of', () => {
    expect(readEngagement({ context: { caller: 'Ana', tries: 2 } })).toMatchObject({
      value: { context: '{"caller":"Ana","tries":2}' },
    })
  })
})

describe('a page', () => {
  it('has every row, read or told by its place', () => {
    const row = fc.oneof(
      fc.record({ id: fc.string() }),
      fc.constantFrom({ startDate: 'soon' }, 7, null, [], { duration: -1, size: 1 }),
    )
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const page = readEngagementList({ hasMore: false, engagements: rows })
        if (!page.ok) throw new Error('a page')
        const { engagements, unread } = page.value
        const told = new Set(unread.map((one) => one.row))
        expect(engagements.length + unread.length).toBe(rows.length)
        expect(told.size).toBe(unread.length)
        expect(unread.every(({ errors }) => errors.length > 0)).toBe(true)
        expect(engagements.map(({ id }) => ({ id }))).toEqual(rows.filter((_, n) => !told.has(n)))
      }),
    )
  })

  it('tells the next reader what could not be read before', () => {
    const unread = [{ row: 1, errors: [{ field: 'startDate', value: '"soon"', message: 'expected a date' }] }]
    const text = writeEngagementList(true, ['{"id":"a"}', '{"id":"b"}'], unread)
    expect(readEngagementList(JSON.parse(text))).toMatchObject({
      value: { hasMore: true, engagements: [{ id: 'a' }, { id: 'b' }], unread },
    })
    expect(writeEngagementList(false, [])).toBe('{"hasMore":false,"engagements":[]}')
  })

  it.each([
    [{ hasMore: 'TRUE', engagements: [{ id: 'a' }] }, true, 1],
    [{ HasMore: 1, Engagements: { id: 'a' } }, true, 1],
    [{ hasMore: false }, false, 0],
    [{ hasMore: '0', engagements: null }, false, 0],
    [{ engagements: [{ id: 'a' }] }, false, 1],
    [{ engagements: [{ id: 'a' }, { id: 'b' }] }, true, 2],
    [{ engagements: [{ id: 'a' }, { id: 'b' }], unread: 5 }, true, 2],
    [{ hasMore: null, engagements: [{ id: 'a' }, 7] }, true, 1],
  ])('of at most two is read from %j', (given, hasMore, rows) => {
    const page = readEngagementList(given, 2)
    expect(page.ok && [page.value.hasMore, page.value.engagements.length]).toEqual([hasMore, rows])
  })

  it.each([[null], [7], ['page'], [[]], [{}], [{ rows: [] }], [{ engagements: 'none', hasMore: true }]])(
    'is not %j',
    (given) => {
      expect(readEngagementList(given)).toMatchObject({ ok: false, errors: [{ field: 'engagements' }] })
    },
  )
})
