import { expect, it } from 'vitest'
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts'

const settings = { most: 2, windowMs: 1000, keptKeys: 3 }
const refused = { kind: 'refused', waitMs: 500 }

async function enter(limit: AttemptLimit, key: string) {
  const turn = await limit.enter(key)
  if (turn.kind === 'refused') throw new Error(`${key} was refused`)
  return turn
}
const fail = async (limit: AttemptLimit, key: string) => (await enter(limit, key)).leave('wrong')

it('forgets failures one after another', async () => {
  let now = 0
  const limit = createAttemptLimit(settings, () => now)
  for (let n = 0; n < 2; n++) await fail(limit, 'a')
  expect(await limit.enter('a')).toEqual(refused)
  now = 500
  await fail(limit, 'a')
  expect(await limit.enter('a')).toEqual(refused)
})

it('keeps a bounded number of keys, and none is lost while it is checked', async () => {
  const limit = createAttemptLimit(settings, () => 0)
  for (let n = 0; n < 2; n++) await fail(limit, 'a')
  const checked = await enter(limit, 'checked')
  for (const key of ['b', 'c', 'd', 'e']) await fail(limit, key)
  // Pushed out by newer keys.
  await enter(limit, 'a')
  await checked.leave('wrong')
  await fail(limit, 'checked')
  expect(await limit.enter('checked')).toEqual(refused)
})
