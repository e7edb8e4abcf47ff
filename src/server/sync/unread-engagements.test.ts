import { expect, it } from 'vitest'
import { readEngagementList } from '../../contract/representation/json.ts'
import { unreadEngagements } from './unread-engagements.ts'

function unreadOf(body: unknown) {
  const read = readEngagementList(body)
  if (!read.ok) throw new Error('no list')
  return unreadEngagements(body, read.value)
}

it('names rows by their id and start, as far as they can be read', () => {
  const told = unreadOf({
    hasMore: false,
    engagements: [
      { id: 'right' },
      { id: 'a', startDate: 1_790_000_000.5, duration: 'long' },
      { ID: 7, StartDate: 'yesterday' },
      'no engagement at all',
    ],
  })
  expect(told.map(({ id, startMs }) => [id, startMs])).toEqual([
    ['a', 1_790_000_000_000],
    ['7', undefined],
    [undefined, undefined],
  ])
  expect(told.map(({ errors }) => errors[0]?.field)).toEqual(['duration', 'startDate', '(the whole)'])
})

it('tells those without an id that can be kept', () => {
  const told = unreadOf({
    hasMore: false,
    engagements: [{ startDate: '2026-01-01' }, { id: '' }, { id: 'x'.repeat(1025) }],
  })
  expect(told.map(({ errors }) => errors[0]?.message)).toEqual([
    'missing; every engagement needs one',
    'missing; every engagement needs one',
    'longer than 1024 characters',
  ])
  expect(told[0]?.startMs).toBe(Date.UTC(2026, 0, 1))
})

it('passes on what the upstream could not read itself', () => {
  const errors = [{ field: 'created', value: '"?"', message: 'expected a date' }]
  const body = { hasMore: false, engagements: [{ id: 'a', duration: -1 }], unread: [{ row: 0, errors }] }
  expect(unreadOf(body)).toMatchObject([
    { id: undefined, errors },
    { id: 'a', errors: [{ field: 'duration' }] },
  ])
})
