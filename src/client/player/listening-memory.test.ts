import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { recallListening, rememberListening } from './listening-memory.ts'
import { speeds } from './speeds.ts'

const kept = new Map<string, string>()
const key = 'hindsight.listening'

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  })
})
afterEach(() => vi.unstubAllGlobals())

const plain = { positionSeconds: 12.5, speed: 1, mix: { muted: [], volumes: {} } } as const
const laneIndex = fc.nat({ max: 20 })
const anyListening = fc.record({
  positionSeconds: fc.nat({ max: 359_999 }),
  speed: fc.constantFrom(...speeds),
  mix: fc.record(
    {
      muted: fc.uniqueArray(laneIndex),
      solo: laneIndex,
      volumes: fc.dictionary(laneIndex.map(String), fc.double({ min: 0, max: 1, noNaN: true })),
    },
    { requiredKeys: ['muted', 'volumes'] },
  ),
})

test('an engagement is recalled as it was left, whatever its id holds', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), anyListening, (tenant, id, left) => {
      // -0 and 0 are the same volume, and JSON has but one of them.
      const heard: typeof left = JSON.parse(JSON.stringify(left))
      rememberListening(tenant, id, left, 7)
      expect(recallListening(tenant, id)).toEqual({ ...heard, listenedAtMs: 7 })
    }),
  )
})

test('what is remembered belongs to one engagement of one tenant', () => {
  rememberListening('A', '1', { ...plain, mix: { muted: [1], solo: 0, volumes: { 1: 0.4 } } }, 1)
  rememberListening('B', '1', { ...plain, speed: 2, positionSeconds: 3.1249 }, 2)
  expect(recallListening('A', '1')?.mix).toEqual({ muted: [1], solo: 0, volumes: { 1: 0.4 } })
  expect(recallListening('B', '1')).toEqual({ ...plain, speed: 2, positionSeconds: 3.1, listenedAtMs: 2 })
  expect([recallListening('A', '2'), recallListening('C', '1')]).toEqual([undefined, undefined])
})

test('the last 200 engagements are kept, also when their ids are numbers', () => {
  for (let id = 200; id >= 0; id -= 1) rememberListening('A', String(id), plain)
  expect(recallListening('A', '200')).toBeUndefined()
  rememberListening('A', '199', { ...plain, speed: 3 })
  rememberListening('A', 'one more', plain)
  expect(recallListening('A', '199')?.speed).toBe(3)
  expect(recallListening('A', '198')).toBeUndefined()
  expect(recallListening('A', '197')).toBeDefined()
  expect(JSON.parse(kept.get(key) ?? '')).toHaveLength(200)
})

describe('what others wrote there does no harm', () => {
  const stored = (change: object) =>
    JSON.stringify([{ tenant: 'A', id: '1', listening: { ...plain, listenedAtMs: 1, ...change } }])

  test('the text these change is a good one', () => {
    kept.set(key, stored({}))
    expect(recallListening('A', '1')).toEqual({ ...plain, listenedAtMs: 1 })
  })

  test.each([
    '',
    'nonsense',
    'null',
    '{"A":1}',
    '[1, null, []]',
    stored({ positionSeconds: -1 }),
    stored({ positionSeconds: null }),
    stored({ speed: 7 }),
    stored({ listenedAtMs: 'today' }),
    stored({ mix: undefined }),
    stored({ mix: { muted: [-1], volumes: {} } }),
    stored({ mix: { muted: [0.5], volumes: {} } }),
    stored({ mix: { muted: [], solo: '0', volumes: {} } }),
    stored({ mix: { muted: [], volumes: { 0: 1.1 } } }),
    stored({ mix: { muted: [], volumes: { left: 1 } } }),
  ])('%s', (text) => {
    kept.set(key, text)
    expect(recallListening('A', '1')).toBeUndefined()
    rememberListening('A', '1', plain, 1)
    expect(recallListening('A', '1')).toEqual({ ...plain, listenedAtMs: 1 })
  })

  test('one bad engagement takes no other with it', () => {
    rememberListening('A', '1', plain, 1)
    const [good] = JSON.parse(kept.get(key) ?? '')
    kept.set(key, JSON.stringify([{ ...good, tenant: 7 }, good]))
    expect(recallListening('A', '1')).toBeDefined()
  })
})

test('a browser that keeps nothing is no error', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  rememberListening('A', '1', plain)
  expect(recallListening('A', '1')).toBeUndefined()
})
