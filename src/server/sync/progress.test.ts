import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createSyncProgress } from './progress.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function progress() {
  const written: string[] = []
  const output = { write: (text: string) => written.push(text) }
  return { written, progress: createSyncProgress('T', output) }
}

it('tells rate and time left where it is known how many are to come', () => {
  const { written, progress: one } = progress()
  one.expect(70_000)
  vi.setSystemTime(10_000)
  one.rows(4000)
  // Sooner than anybody can read.
  one.rows(1)
  vi.setSystemTime(20_000)
  one.bytes(3 * 1024 * 1024)
  expect(written).toEqual([
    'T: 4000 of 70000 rows · 400 rows/s · 3 min left\n',
    'T: 4001 of 70000 rows · 200 rows/s · 3.0 MiB of recordings · 5 min left\n',
  ])
})

it('tells the rate alone where it is not', () => {
  const { written, progress: one } = progress()
  one.expect(undefined)
  vi.setSystemTime(20_000)
  one.rows(100)
  one.begin()
  vi.setSystemTime(30_000)
  one.rows(100)
  one.waiting('live.example answered 429', 90_000)
  expect(written).toEqual([
    'T: 100 rows · 5.0 rows/s\n',
    'T: 100 rows · 10 rows/s\n',
    'T: live.example answered 429; asking again in 2 min\n',
  ])
})
