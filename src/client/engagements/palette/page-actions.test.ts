import { afterEach, expect, it } from 'vitest'
import { pageQuery } from '../../../contract/query/page-query.ts'
import { offerCommands } from '../../player/offered-commands.ts'
import { lacksOf } from '../../source-parts.ts'
import { german } from '../../texts/de/german.ts'
import { setSpoken } from '../../texts/in-language.ts'
import { actionsOf, type PageActions } from './page-actions.ts'

const engagement = { id: 'a', associateInitiated: false, recordings: [{}] }
const nothing = () => {}

/** Everything can be done. */
const given: PageActions = {
  tenant: 'T',
  lacks: lacksOf({}),
  page: { ...pageQuery.defaults, offset: 10 },
  rows: [engagement],
  hasMore: true,
  selecting: { selection: new Map([['a', engagement]]), toggle: nothing, set: nothing, clear: nothing },
  queue: { of: 'filter', engagements: [engagement] },
  playing: 'a',
  apply: nothing,
  showKeys: nothing,
  showColumns: nothing,
  closePlayer: nothing,
  review: nothing,
  moment: undefined,
  listOf: () => Promise.reject(new Error('Nobody asks.')),
  noReview: nothing,
  press: nothing,
}

const english = { language: 'en', locale: 'en-GB', translated: undefined } as const

afterEach(() => setSpoken(english))

it.each([english, { language: 'de', locale: 'de-DE', translated: german } as const])(
  'calls no two actions the same, as their names are all that tells them apart: $language',
  (spoken) => {
    setSpoken(spoken)
    const takeBack = offerCommands(() => true)
    const names = actionsOf(given).map(({ name }) => name)
    takeBack()
    expect(names.length).toBeGreaterThan(50)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  },
)

it('has its names in the language of the moment', () => {
  const first = () => actionsOf({ ...given, playing: undefined })[0]?.name
  expect(first()).toBe('Filter by people')
  setSpoken({ language: 'de', locale: 'de-DE', translated: german })
  expect(first()).toBe('Nach Personen filtern')
})

it('leaves out what the engagements cannot be asked for', () => {
  const names = actionsOf({ ...given, lacks: lacksOf({ lacks: ['export', 'status=all'] }) }).map(
    ({ name }) => name,
  )
  const all = actionsOf(given).map(({ name }) => name)
  expect(all.filter((name) => !names.includes(name))).toEqual([
    'Show all engagements',
    'Export what the filters let through',
  ])
})
