import { afterEach, expect, it, vi } from 'vitest'
import { ApiError } from './fetch-json.ts'
import { isWeather, weatherDelayMs, weatherDue, weatherInterval } from './weather.ts'

afterEach(() => vi.useRealTimers())

const failed = (retryAfterMs?: number) => new ApiError(503, 'down', { retryAfterMs })

/** As far as a query's state is looked at. */
function queryOf() {
  const state = { error: null as Error | null, dataUpdateCount: 1, errorUpdateCount: 0, errorUpdatedAt: 0 }
  const query = { state } as unknown as Parameters<typeof weatherInterval>[0]
  return { state, query }
}

it('waits longer after every failure, and never longer than a minute', () => {
  const delays = Array.from({ length: 20 }, (_, before) => weatherDelayMs(before + 1))
  expect(delays[0]).toBe(3000)
  expect(delays.slice(0, 8)).toEqual(delays.slice(0, 8).toSorted((a, b) => a - b))
  expect(new Set(delays.slice(0, 8)).size).toBe(8)
  expect(delays.at(-1)).toBe(60_000)
})

it('asks no sooner than the server wants, however long that is', () => {
  expect(weatherDelayMs(1, 20_000)).toBe(20_000)
  expect(weatherDelayMs(20, 5000)).toBe(60_000)
  expect(weatherDelayMs(1, 3_600_000)).toBe(3_600_000)
})

it('is told from what does not pass', () => {
  expect([502, 503, 504].map((status) => isWeather(new ApiError(status, '')))).toEqual([true, true, true])
  expect([0, 400, 401, 404, 500, 501].map((status) => isWeather(new ApiError(status, '')))).not.toContain(
    true,
  )
  expect(isWeather(new Error('down'))).toBe(false)
})

it('counts the failures in a row, and begins anew after an answer', () => {
  const { state, query } = queryOf()
  expect(weatherInterval(query)).toBe(false)
  state.error = failed()
  state.errorUpdateCount = 1
  expect(weatherInterval(query)).toBe(3000)
  // Asked twice of the same state.
  expect(weatherInterval(query)).toBe(3000)
  state.errorUpdateCount = 2
  expect(weatherInterval(query)).toBe(4500)
  state.error = null
  state.dataUpdateCount = 2
  expect(weatherInterval(query)).toBe(false)
  state.error = failed(10_000)
  state.errorUpdateCount = 3
  expect(weatherInterval(query)).toBe(10_000)
  state.error = failed()
  state.errorUpdateCount = 4
  expect(weatherInterval(query)).toBe(4500)
})

it('makes up for what a hidden tab let pass, but not sooner', () => {
  vi.useFakeTimers({ now: 100_000 })
  const { state, query } = queryOf()
  expect(weatherDue(query)).toBe(false)
  Object.assign(state, { error: failed(8000), errorUpdateCount: 1, errorUpdatedAt: 95_000 })
  expect(weatherDue(query)).toBe(false)
  state.errorUpdatedAt = 92_000
  expect(weatherDue(query)).toBe('always')
})
