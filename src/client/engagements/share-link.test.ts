import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PageQuery, pageQuery } from '../../contract/query/page-query.ts'
import { lacksOf } from '../source-parts.ts'
import { stringifySearch, writePage } from './page-url.ts'
import { choicesOf } from './share-choices.ts'
import { type ShareChoices, sharedPage, usualChoices } from './share-link.ts'

const moment = Date.parse('2026-11-24T22:10:05.123Z')
const page: PageQuery = {
  ...pageQuery.defaults,
  user: ['ana@x.example'],
  startAfter: Date.UTC(2026, 10, 1),
  offset: 50,
  open: 'call 7',
  rec: 1,
  t: 83,
}
const share = (choices: Partial<ShareChoices> = {}, of = page) =>
  stringifySearch(
    writePage(sharedPage(of, 'Europe/Berlin', moment, { ...usualChoices(lacksOf({})), ...choices }, 0)),
  )

it('is the moment, the rows and what is open, in the sender’s zone, unless something else is chosen', () => {
  expect(share()).toBe(
    '?user=ana@x.example&startAfter=2026-11-01T00:00:00Z&asOf=2026-11-24T22:10:05.123Z' +
      '&limit=50&offset=50&open=call%207&rec=1&t=83&tz=Europe/Berlin',
  )
})

it.each([
  [
    { rows: 'rolling' },
    '?user=ana@x.example&startAfter=2026-11-01T00:00:00Z&open=call%207&rec=1&t=83&tz=Europe/Berlin',
  ],
  [
    { emails: 'without', opened: 'without' },
    '?startAfter=2026-11-01T00:00:00Z&asOf=2026-11-24T22:10:05.123Z&tz=Europe/Berlin',
  ],
  [
    { zone: 'receiver', opened: 'without' },
    '?user=ana@x.example&startAfter=2026-11-01T00:00:00Z&asOf=2026-11-24T22:10:05.123Z&limit=50&offset=50',
  ],
] as const)('with %j is short and says that alone', (choices, expected) => {
  expect(share(choices)).toBe(expected)
})

it('of the defaults, rolling and in the receiver’s zone, is the bare address', () => {
  expect(share({ rows: 'rolling', zone: 'receiver' }, pageQuery.defaults)).toBe('')
})

it('never carries an email that it was to leave out, nor a number that was counted for another', () => {
  const either = <T extends string>(a: T, b: T) => fc.constantFrom(a, b)
  const choices = fc.record({
    rows: either('exact', 'rolling'),
    zone: either('sender', 'receiver'),
    opened: either('with', 'without'),
  })
  fc.assert(
    fc.property(choices, fc.boolean(), (chosen, wasShared) => {
      const of = { ...page, ...(wasShared && { asOf: moment - 1, n: 9 }) }
      const shared = sharedPage(of, 'UTC', moment, { ...chosen, emails: 'without' }, 0)
      expect(stringifySearch(writePage(shared))).not.toContain('@')
      expect(shared.n).toBeUndefined()
      expect(shared.asOf).toBe(chosen.rows === 'exact' ? moment : undefined)
    }),
  )
})

it('keeps a sample and its seed', () => {
  const sampled = { ...page, offset: 0, sample: 10, seed: 4711 }
  expect(sharedPage(sampled, 'UTC', moment, usualChoices(lacksOf({})), 0)).toMatchObject({
    sample: 10,
    seed: 4711,
  })
})

describe('the choices', () => {
  const parts = (of: PageQuery) => choicesOf(of, 'UTC', moment, lacksOf({})).map(({ part }) => part)

  it('are those that make a difference', () => {
    expect(parts(pageQuery.defaults)).toEqual(['rows', 'zone'])
    expect(parts(page)).toEqual(['rows', 'emails', 'zone', 'opened'])
  })

  it('are of whatever matches when the link is opened, where no moment can be asked for', () => {
    const lacks = lacksOf({ lacks: ['asOf'] })
    const [rows] = choicesOf(page, 'UTC', undefined, lacks)
    expect(rows?.options.map(({ value }) => value)).toEqual(['rolling'])
    const shared = sharedPage(page, 'UTC', undefined, usualChoices(lacks), 0)
    expect(shared).toMatchObject({ asOf: undefined, offset: 0, user: page.user, open: page.open })
  })

  it('each say what the receiver will see', () => {
    const says = choicesOf(page, 'UTC', moment, lacksOf({})).flatMap(({ options }) =>
      options.map((option) => option.says),
    )
    expect(says).toHaveLength(8)
    expect(says[0]).toContain('24 Nov 2026 22:10:05')
    expect(says[2]).toContain('ana@x.example')
    expect(says[6]).toContain('01:23')
    expect(choicesOf(page, 'UTC', undefined, lacksOf({}))[0]?.options[0]?.says).toContain(
      'later are seen too',
    )
  })
})
