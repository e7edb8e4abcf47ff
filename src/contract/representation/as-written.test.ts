import fc from 'fast-check'
import { expect, it } from 'vitest'
import { engagementV1 } from '../model/engagement.ts'
import { recordingV1 } from '../model/recording.ts'
import { engagementUserV1 } from '../model/user.ts'
import { formatInstant } from '../query/instant.ts'
import { isAsWritten } from './as-written.ts'
import { readEngagement, writeEngagement } from './json.ts'

/** Now and then something odd. */
const mostly = (usual: fc.Arbitrary<unknown>, ...odd: unknown[]) =>
  fc.oneof({ weight: 40, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...odd) })

const date = mostly(
  fc.integer({ min: 0, max: 4e12 }).map(formatInstant),
  ...[
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00.500Z',
    '2026-01-01',
    '2026-01-01T24:00:00Z',
    'soon',
    5,
    null,
  ],
)
const word = mostly(
  fc.oneof(fc.constantFrom('AUDIO', 'MEMBER', 'successful', 'connected'), fc.string()),
  ...['audio', 'Member', 'Successful', ' successful', null],
)
const amount = mostly(fc.nat(), -1, 1.5, Number.NaN, '7', null)
const text = mostly(fc.string(), 7, null, true)
const flag = mostly(fc.boolean(), 'true', null, 1)

/** Fields in their order or not, and others that nobody knows. */
function objects(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, needed?: string) {
  const usually = fc.oneof(
    { weight: 20, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  )
  return fc
    .tuple(
      fc.record<Record<string, unknown>>(
        { ...fields, extra: fc.jsonValue() },
        { requiredKeys: needed === undefined ? [] : [needed] },
      ),
      usually,
    )
    .map(([record, inOrder]) => {
      const entries = Object.entries(record)
      return Object.fromEntries(inOrder ? entries : entries.toReversed())
    })
}

const engagement = objects(
  {
    startDate: date,
    endDate: date,
    id: text,
    duration: amount,
    contents: word,
    context: text,
    users: mostly(fc.array(objects({ uri: text, association: word }), { maxLength: 2 }), null, {}),
    recordings: fc.array(
      objects({ uri: text, user: text, created: date, duration: amount, size: amount, contents: word }),
      { maxLength: 2 },
    ),
    releaseState: word,
    status: word,
    pendingTime: amount,
    assignedTeam: text,
    associateInitiated: flag,
    reason: text,
  },
  'associateInitiated',
)

it('lets through only what the liberal reading would give back as it is', () => {
  const seen = { through: 0, kept: 0 }
  fc.assert(
    fc.property(engagement, (made) => {
      const given: unknown = JSON.parse(JSON.stringify(made))
      seen[isAsWritten(given) ? 'through' : 'kept']++
      if (!isAsWritten(given)) return
      // As text, since the order counts too.
      expect(JSON.stringify(engagementV1.parse(given))).toBe(JSON.stringify(given))
      expect(writeEngagement(given)).toBe(JSON.stringify(given))
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(seen.through, seen.kept)).toBeGreaterThan(300)
})

it('lets through whatever is written here', () => {
  fc.assert(
    fc.property(engagement, (made) => {
      const read = readEngagement(JSON.parse(JSON.stringify(made)))
      if (read.ok) expect(isAsWritten(JSON.parse(writeEngagement(read.value)))).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

it.each([
  ...Object.keys(engagementV1.shape).map((name) => ({ [name]: null })),
  ...Object.keys(engagementUserV1.shape).map((name) => ({ users: [{ [name]: null }] })),
  ...Object.keys(recordingV1.shape).map((name) => ({ recordings: [{ [name]: null }] })),
])('knows every field of the contract: %j', (field) => {
  // What is not known may be anything, if it comes last.
  const value =
    Object.values(field)[0] === null
      ? { associateInitiated: true, ...field }
      : { ...field, associateInitiated: true }
  expect(isAsWritten(value)).toBe(false)
})

it.each([
  [null],
  [7],
  ['x'],
  [[]],
  [{}],
  [{ associateInitiated: true, id: 'a' }],
  [{ ID: 'a', associateInitiated: true }],
])('does not let through %j', (given) => {
  expect(isAsWritten(given)).toBe(false)
})
