import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { speeds } from '../speeds.ts'
import { everybody } from './mix.ts'
import { type MediaHabits, SimulatedMedia } from './simulated-media.ts'
import { Transport } from './transport.ts'

const startMs = Date.parse('2026-11-22T14:16:40Z')
const steady: MediaHabits = { lengthSeconds: 60, startLagMs: 40, seekMs: 30, loadMs: 50, unevenness: 0 }

interface LaneSetup {
  readonly habits: MediaHabits
  /** Undefined: the recording does not tell when it began. */
  readonly offsetSeconds: number | undefined
}

function playerOf(lanes: readonly LaneSetup[]) {
  const heard: [number, number][] = []
  let ends = 0
  const transport = new Transport({
    engagement: {
      associateInitiated: false,
      startDate: new Date(startMs).toISOString(),
      recordings: lanes.map(({ habits, offsetSeconds }) => ({
        duration: habits.lengthSeconds,
        ...(offsetSeconds !== undefined && {
          created: new Date(startMs + offsetSeconds * 1000).toISOString(),
        }),
      })),
    },
    sources: lanes.map((_, index) => `/recordings/${index}`),
    speed: 1,
    mix: everybody,
    volume: 1,
    skipsSilence: false,
    freshSource: async () => undefined,
    heard: (from, to) => heard.push([from, to]),
    ended: () => {
      ends++
    },
  })
  const media = lanes.map(({ habits }) => new SimulatedMedia(habits))
  const detach = media.map((element, index) => transport.attach(index, element))
  transport.open(0)
  return {
    transport,
    media,
    heard,
    ends: () => ends,
    close: () => {
      transport.close()
      for (const one of detach) one()
    },
  }
}

const offsets = [0, 2]
const two = () => playerOf(offsets.map((offsetSeconds) => ({ habits: steady, offsetSeconds })))

/** How far what is heard lies from the clock at most, seconds. */
function apart({ transport, media }: ReturnType<typeof playerOf>): number {
  const { timeline } = transport.view()
  return Math.max(
    0,
    ...media.flatMap((element, index) => {
      const start = timeline.places[index]?.startSeconds ?? 0
      return element.paused ? [] : [Math.abs(element.currentTime + start - transport.positionSeconds)]
    }),
  )
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const wait = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

describe('Transport', () => {
  test('stands still until it is told to play', async () => {
    const player = two()
    await wait(3)
    expect(player.transport.view()).toMatchObject({ playing: false, positionSeconds: 0 })
    expect(player.media.map(({ paused }) => paused)).toEqual([true, true])
    player.close()
  })

  test('plays one lane, then both, then the rest of the other, and ends once', async () => {
    const player = two()
    player.transport.play()
    await wait(1)
    expect(player.media.map(({ paused }) => paused)).toEqual([false, true])
    await wait(4)
    expect(player.media.map(({ paused }) => paused)).toEqual([false, false])
    await wait(56)
    expect(player.media.map(({ paused }) => paused)).toEqual([true, false])
    await wait(3)
    expect(player.transport.view()).toMatchObject({ playing: false, ended: true, positionSeconds: 62 })
    expect(player.ends()).toBe(1)
    expect(player.heard[0]?.[0]).toBeCloseTo(0, 1)
    expect(player.heard.at(-1)?.[1]).toBeCloseTo(62, 1)
    player.transport.play()
    await wait(1)
    expect(player.transport.positionSeconds).toBeLessThan(1)
    player.close()
  })

  test('what sounds while a slower lane is waited for is heard as well', async () => {
    const slow = { ...steady, startLagMs: 350 }
    const player = playerOf([steady, slow].map((habits) => ({ habits, offsetSeconds: 0 })))
    player.transport.play()
    await wait(3)
    player.transport.pause()
    expect(player.heard[0]?.[0]).toBe(0)
    player.close()
  })

  test('a lane that waits for its bytes holds the others, says so, and lets go', async () => {
    const player = two()
    player.transport.play()
    await wait(5)
    player.media[1]?.stall()
    await wait(0.1)
    const held = player.transport.positionSeconds
    expect(player.media.map(({ paused }) => paused)).toEqual([true, true])
    await wait(2)
    expect(player.transport.view()).toMatchObject({ playing: true, heldBy: [1], positionSeconds: held })
    player.media[1]?.comeBack()
    await wait(1)
    expect(player.transport.view().heldBy).toEqual([])
    expect(player.transport.positionSeconds).toBeGreaterThan(held + 0.5)
    expect(apart(player)).toBeLessThan(0.05)
    player.close()
  })

  test('a short wait is not told', async () => {
    const player = two()
    player.transport.play()
    await wait(5)
    player.media[0]?.stall()
    await wait(0.2)
    expect(player.transport.view().heldBy).toEqual([])
    player.close()
  })

  test('in a hidden tab, where timers come once a second, lanes neither leave the clock nor swing around it', async () => {
    const { setInterval: every, setTimeout: after } = globalThis
    vi.stubGlobal('setInterval', (act: () => void, ms: number) => every(act, Math.max(1000, ms)))
    vi.stubGlobal('setTimeout', (act: () => void, ms: number) => after(act, Math.max(1000, ms)))
    const player = playerOf([
      { habits: { ...steady, unevenness: 0.01 }, offsetSeconds: 0 },
      { habits: { ...steady, unevenness: -0.01 }, offsetSeconds: 0 },
    ])
    player.transport.play()
    await wait(6)
    for (let at = 0; at < 20; at += 0.1) {
      await wait(0.1)
      expect(apart(player)).toBeLessThan(0.05)
    }
    vi.unstubAllGlobals()
    player.close()
  })

  test('a pause from outside pauses all', async () => {
    const player = two()
    player.transport.play()
    await wait(5)
    player.media[0]?.pauseFromOutside()
    await wait(0.1)
    expect(player.transport.view().playing).toBe(false)
    expect(player.media.map(({ paused }) => paused)).toEqual([true, true])
    player.close()
  })

  test('a picture that the browser stops in a hidden tab stops nothing else, and joins in when it is seen', async () => {
    const player = two()
    player.transport.setMix({ muted: [1], volumes: {} })
    player.transport.play()
    await wait(5)
    vi.stubGlobal('document', { visibilityState: 'hidden' })
    player.media[1]?.pauseFromOutside()
    await wait(2)
    expect(player.media.map(({ paused }) => paused)).toEqual([false, true])
    vi.stubGlobal('document', { visibilityState: 'visible' })
    await wait(1)
    expect(player.media.map(({ paused }) => paused)).toEqual([false, false])
    expect(apart(player)).toBeLessThan(0.05)
    vi.unstubAllGlobals()
    player.close()
  })

  test('paused lanes stand where the clock does', async () => {
    const player = two()
    player.transport.play()
    await wait(7.3)
    player.transport.pause()
    await wait(0.5)
    const at = player.transport.positionSeconds
    expect(
      player.media.map(({ currentTime }, index) => Math.abs(currentTime + (offsets[index] ?? 0) - at)),
    ).toEqual([expect.closeTo(0, 1), expect.closeTo(0, 1)])
    player.close()
  })

  test('loops between the marks, and only from inside them', async () => {
    const player = two()
    player.transport.setMarks({ a: 10, b: 12 })
    player.transport.seekTo(11)
    player.transport.play()
    await wait(1.6)
    expect(player.transport.positionSeconds).toBeGreaterThan(10)
    expect(player.transport.positionSeconds).toBeLessThan(11)
    player.transport.seekTo(30)
    await wait(3)
    expect(player.transport.positionSeconds).toBeGreaterThan(32)
    player.close()
  })

  test('leaves silence out, and what is nearly over is not jumped', async () => {
    const player = two()
    player.transport.skipSilence(true)
    player.transport.setSilences([{ fromSeconds: 4, toSeconds: 20 }])
    player.transport.play()
    await wait(5.5)
    expect(player.transport.positionSeconds).toBeGreaterThan(20.5)
    player.transport.seekTo(19.8)
    await wait(0.15)
    expect(player.transport.positionSeconds).toBeLessThan(20)
    player.close()
  })

  test('recordings without a time play one after another, and the place is kept when a length turns out', async () => {
    const player = playerOf([
      { habits: steady, offsetSeconds: undefined },
      { habits: { ...steady, lengthSeconds: 30 }, offsetSeconds: undefined },
    ])
    player.transport.seekTo(59)
    player.transport.play()
    await wait(3)
    expect(player.media.map(({ paused }) => paused)).toEqual([true, false])
    player.close()
  })

  test('the lane that is heard alone is the only one with sound', async () => {
    const player = two()
    player.transport.setMix({ solo: 1, muted: [1], volumes: { 1: 0.5 } })
    player.transport.setVolume(0.5)
    expect(player.media.map(({ volume }) => volume)).toEqual([0, 0.25])
    player.close()
  })
})

type Deed =
  | { readonly kind: 'seek'; readonly seconds: number }
  | { readonly kind: 'speed'; readonly speed: (typeof speeds)[number] }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'stall'; readonly lane: number; readonly seconds: number }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ kind: fc.constant('seek' as const), seconds: fc.double({ min: 0, max: 70, noNaN: true }) }),
  fc.record({ kind: fc.constant('speed' as const), speed: fc.constantFrom(...speeds) }),
  fc.constant({ kind: 'toggle' as const }),
  fc.record({
    kind: fc.constant('stall' as const),
    lane: fc.nat({ max: 2 }),
    seconds: fc.double({ min: 0.05, max: 3, noNaN: true }),
  }),
)

const habits: fc.Arbitrary<MediaHabits> = fc.record({
  lengthSeconds: fc.constantFrom(25, 40, 61.5),
  startLagMs: fc.integer({ min: 0, max: 150 }),
  seekMs: fc.integer({ min: 1, max: 200 }),
  loadMs: fc.integer({ min: 1, max: 400 }),
  unevenness: fc.double({ min: -0.01, max: 0.01, noNaN: true }),
})

test('whatever is done, a second later all that plays is within 50 ms of the clock', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ habits, offsetSeconds: fc.constantFrom(0, 1.5, 7, 20) }), {
        minLength: 2,
        maxLength: 3,
      }),
      fc.array(deed, { minLength: 1, maxLength: 6 }),
      async (lanes, deeds) => {
        const player = playerOf(lanes)
        player.transport.play()
        await wait(2)
        for (const one of deeds) {
          if (one.kind === 'seek') player.transport.seekTo(one.seconds)
          else if (one.kind === 'speed') player.transport.setSpeed(one.speed)
          else if (one.kind === 'toggle') player.transport.toggle()
          else {
            const media = player.media[one.lane]
            if (media && !media.paused) {
              media.stall()
              await wait(one.seconds)
              media.comeBack()
            }
          }
          await wait(1.2)
          // A lane that joins in just then has the same second.
          const joined = player.transport
            .view()
            .timeline.places.some(
              ({ startSeconds }) =>
                Math.abs(player.transport.positionSeconds - startSeconds) < player.transport.view().speed,
            )
          if (!joined) expect(apart(player)).toBeLessThan(0.05)
        }
        player.close()
      },
    ),
    { numRuns: 150 },
  )
})

describe('a sign-in that ended', () => {
  const denied = async () => {
    vi.stubGlobal('fetch', async () => new Response(null, { status: 401 }))
    const player = two()
    player.transport.play()
    await wait(3)
    return player
  }
  const failAll = async ({ media }: ReturnType<typeof playerOf>) => {
    media.forEach((element, lane) => {
      element.broken.set(`/recordings/${lane}`, 2)
      element.fail(2)
    })
    await wait(1)
  }
  afterEach(() => vi.unstubAllGlobals())

  test('stops what plays, which goes on from there once somebody has signed in', async () => {
    const player = await denied()
    await failAll(player)
    const stoppedAt = player.transport.positionSeconds
    expect(player.transport.view().playing).toBe(false)
    for (const element of player.media) element.broken.clear()
    player.transport.retryDenied()
    await wait(2)
    expect(player.transport.view()).toMatchObject({ playing: true, heldBy: [] })
    expect(player.transport.positionSeconds - stoppedAt).toBeGreaterThan(1)
    expect(player.transport.positionSeconds - stoppedAt).toBeLessThan(2.1)
    expect(apart(player)).toBeLessThan(0.05)
    player.close()
  })

  test('starts nothing that was paused', async () => {
    const player = await denied()
    player.transport.pause()
    await failAll(player)
    for (const element of player.media) element.broken.clear()
    player.transport.retryDenied()
    await wait(2)
    expect(player.transport.view().playing).toBe(false)
    expect(player.transport.view().lanes.map(({ condition }) => condition.kind)).toEqual(['ready', 'ready'])
    player.close()
  })

  test('asks for nothing that failed for another reason', async () => {
    const player = await denied()
    vi.stubGlobal('fetch', async () => new Response(null, { status: 403 }))
    await failAll(player)
    for (const element of player.media) element.broken.clear()
    player.transport.retryDenied()
    await wait(2)
    expect(player.transport.view().lanes.map(({ condition }) => condition.kind)).toEqual(['failed', 'failed'])
    player.close()
  })
})
