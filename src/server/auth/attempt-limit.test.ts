import { expect, it } from 'vitest'
import { createAttemptLimit } from './attempt-limit.ts'

const settings = { most: 2, windowMs: 1000, keptKeys: 3 }

it('forgets failures one after another', async () => {
  let now = 0
  const limit = createAttemptLimit(settings, () => now)
  for (let n = 0; n < 2; n++) {
    expect(await limit.enter('a')).toBeUndefined()
    limit.leave('a', 'wrong')
  }
  expect(await limit.enter('a')).toBe(500)
  now = 500
  expect(await limit.enter('a')).toBeUndefined()
  limit.leave('a', 'wrong')
  expect(await limit.enter('a')).toBe(500)
})

it('keeps a bounded number of keys, and none is lost while it is checked', async () => {
  const limit = createAttemptLimit(settings, () => 0)
  for (let n = 0; n < 2; n++) {
    await limit.enter('a')
    limit.leave('a', 'wrong')
  }
  await limit.enter('checked')
  for (const key of ['b', 'c', 'd', 'e']) {
    await limit.enter(key)
    limit.leave(key, 'wrong')
  }
  // Pushed out by newer keys.
  expect(await limit.enter('a')).toBeUndefined()
  limit.leave('checked', 'wrong')
  await limit.enter('checked')
  limit.leave('checked', 'wrong')
  expect(await limit.enter('checked')).toBe(500)
})
