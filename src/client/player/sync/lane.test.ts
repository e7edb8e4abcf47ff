import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Lane } from './lane.ts'
import { SimulatedMedia } from './simulated-media.ts'

const fresh = vi.fn<() => Promise<string | undefined>>()
const failed = vi.fn()
let media: SimulatedMedia
let lane: Lane

beforeEach(() => {
  vi.useFakeTimers()
  fresh.mockReset().mockResolvedValue(undefined)
  failed.mockReset()
  media = new SimulatedMedia({ lengthSeconds: 60, startLagMs: 20, seekMs: 10, loadMs: 20, unevenness: 0 })
  lane = new Lane({
    changed: () => undefined,
    pausedOutside: () => undefined,
    playedOutside: () => undefined,
    failed,
    freshSource: fresh,
  })
  lane.attach(media)
  lane.open({ src: '/old', reportedSeconds: 60 })
})
afterEach(() => {
  lane.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)
/** What the address answers when it is asked why. */
const answering = (status: number, headers = {}) =>
  vi.stubGlobal('fetch', async () => new Response(null, { status, headers }))

test('an address that expired is asked for anew once, and the place is kept', async () => {
  await wait(0.1)
  lane.prepare(12)
  await wait(0.1)
  fresh.mockResolvedValue('/new')
  media.fail()
  await wait(0.1)
  expect(media.src).toBe('/new')
  expect([lane.condition.kind, media.currentTime]).toEqual(['ready', 12])
  expect(failed).not.toHaveBeenCalled()
})

test('the same failure at the same place is told, and Retry asks for a fresh address again', async () => {
  answering(403)
  media.broken.set('/old', 2)
  await wait(0.3)
  media.fail()
  expect(fresh).toHaveBeenCalledTimes(1)
  expect(lane.condition).toMatchObject({
    kind: 'failed',
    failure: { words: 'You may not hear this recording.', wayOn: 'retry' },
  })
  expect(failed).toHaveBeenCalledOnce()
  media.broken.clear()
  lane.retry()
  await wait(0.2)
  expect(fresh).toHaveBeenCalledTimes(2)
  expect(lane.condition.kind).toBe('ready')
})

test('a kind that the browser cannot play is named', async () => {
  answering(200, { 'content-type': 'audio/x-speex' })
  media.broken.set('/old', 4)
  await wait(0.3)
  expect(lane.condition).toMatchObject({
    failure: { words: 'This browser cannot play this kind of recording (audio/x-speex).' },
  })
})

describe('a server that knows no ranges', () => {
  test('plays from the beginning as any other', async () => {
    media.windable = false
    await wait(0.1)
    lane.prepare(0)
    void lane.start()
    await wait(1)
    expect([lane.condition.kind, media.currentTime > 0.9]).toEqual(['ready', true])
  })

  test('is told when another place is wanted', async () => {
    media.windable = false
    await wait(0.1)
    lane.prepare(20)
    expect(lane.condition).toMatchObject({ kind: 'failed', failure: { wayOn: 'load-whole' } })
    expect([lane.usable, lane.positionSeconds]).toEqual([false, 20])
  })
})

test('a file that leaps to its end was cut off where it was last heard', async () => {
  await wait(0.1)
  void lane.start()
  await wait(1)
  lane.follow(media.currentTime, 0.1)
  const heard = media.currentTime
  media.leapToEnd()
  expect(lane.measuredSeconds).toBeCloseTo(heard, 1)
  expect(lane.missingSeconds).toBeCloseTo(60 - heard, 1)
})

test('what is shorter than its record by no more than it may be is whole', async () => {
  lane.open({ src: '/other', reportedSeconds: 61 })
  await wait(0.1)
  expect([lane.measuredSeconds, lane.missingSeconds]).toEqual([60, 0])
})
