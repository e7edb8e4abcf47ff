/** Recordings of which neither the record, nor at times the file, tells how long they are. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everybody } from './mix.ts'
import { SimulatedMedia } from './simulated-media.ts'
import { Transport } from './transport.ts'

const ended = vi.fn()
let transport: Transport
let media: SimulatedMedia
let detach: () => void

beforeEach(() => {
  vi.useFakeTimers()
  ended.mockReset()
  transport = new Transport({
    engagement: { associateInitiated: false, recordings: [{ created: '2026-11-22T14:16:40Z' }] },
    sources: ['/recordings/0'],
    speed: 1,
    mix: everybody,
    volume: 1,
    skipsSilence: false,
    freshSource: async () => undefined,
    heard: () => undefined,
    ended,
  })
  media = new SimulatedMedia({ lengthSeconds: 60, startLagMs: 40, seekMs: 30, loadMs: 50, unevenness: 0 })
  detach = transport.attach(0, media)
})
afterEach(() => {
  transport.close()
  detach()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

test('a link to a moment goes there', async () => {
  transport.open(40)
  await wait(1)
  expect(media.currentTime).toBe(40)
  expect(transport.view().positionSeconds).toBe(40)
})

test('what the media told of it stays known when they fail, and so does the place', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 503 }))
  transport.open(0)
  await wait(1)
  transport.seekTo(40)
  media.broken.set('/recordings/0', 2)
  media.fail(2)
  await wait(1)
  const { lanes, positionSeconds, timeline } = transport.view()
  expect(lanes[0]?.condition.kind).toBe('failed')
  expect([positionSeconds, timeline.lengthSeconds]).toEqual([40, 60])
  media.broken.clear()
  transport.play()
  await wait(1)
  expect(transport.positionSeconds).toBeGreaterThan(40)
})

test('where nobody tells it, everything is played, and then it ends', async () => {
  media.tellsLength = false
  transport.open(55)
  transport.play()
  await wait(3)
  expect(transport.view()).toMatchObject({ playing: true, ended: false })
  expect(transport.positionSeconds).toBeGreaterThan(57)
  await wait(3)
  expect(transport.view()).toMatchObject({ playing: false, ended: true, positionSeconds: 60 })
  expect(ended).toHaveBeenCalledOnce()
})
