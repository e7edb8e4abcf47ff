import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHeardStore } from './heard-store.ts'

const key = 'hindsight.heard'
const kept = new Map<string, string>()
const device = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
}

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', device)
  vi.stubGlobal('window', new EventTarget())
})
afterEach(() => vi.unstubAllGlobals())

/** As the browser tells a tab that another one wrote. */
function tellOtherTabs(name: string | null): void {
  window.dispatchEvent(Object.assign(new Event('storage'), { key: name }))
}

test('what was heard is told to whoever follows, and is there after a reload', () => {
  const store = createHeardStore()
  const listener = vi.fn()
  const stop = store.subscribe(listener)
  store.rememberHeard('A', '1', 0, 5.04, 60)
  store.rememberHeard('A', '1', 5, 10, 60)
  store.rememberHeard('B', '1', 1, 2, 30)
  expect(listener).toHaveBeenCalledTimes(3)
  const heard = { spans: [[0, 10]], lengthSeconds: 60 }
  expect(store.heardOf('A', '1')).toEqual(heard)
  expect(createHeardStore().heardOf('A', '1')).toEqual(heard)
  expect(createHeardStore().heardOf('A', '2')).toBeUndefined()
  stop()
  store.rememberHeard('A', '1', 20, 30, 60)
  expect(listener).toHaveBeenCalledTimes(3)
})

test('the answer is the same object until more is heard', () => {
  const store = createHeardStore()
  const listener = vi.fn()
  store.subscribe(listener)
  store.rememberHeard('A', '1', 0, 5, 60)
  const first = store.heardOf('A', '1')
  store.rememberHeard('A', '2', 0, 5, 60)
  store.rememberHeard('A', '1', 9, 7, 60)
  expect(store.heardOf('A', '1')).toBe(first)
  expect(listener).toHaveBeenCalledTimes(2)
})

test('a timeline that turns out longer is told with its new length', () => {
  const store = createHeardStore()
  store.rememberHeard('A', '1', 0, 5, 60)
  store.rememberHeard('A', '1', 0, 5, 90)
  expect(store.heardOf('A', '1')?.lengthSeconds).toBe(90)
})

describe('another tab', () => {
  test('is followed when it writes, and when it clears', () => {
    const [here, there] = [createHeardStore(), createHeardStore()]
    const listener = vi.fn()
    here.subscribe(listener)
    expect(here.heardOf('A', '1')).toBeUndefined()
    there.rememberHeard('A', '1', 0, 5, 60)
    expect(here.heardOf('A', '1')).toBeUndefined()
    tellOtherTabs('hindsight.theme')
    expect(listener).not.toHaveBeenCalled()
    tellOtherTabs(key)
    expect(listener).toHaveBeenCalledOnce()
    expect(here.heardOf('A', '1')?.spans).toEqual([[0, 5]])
    kept.clear()
    tellOtherTabs(null)
    expect(here.heardOf('A', '1')).toBeUndefined()
  })

  test('loses nothing of what it heard, even before this one was told', () => {
    const [here, there] = [createHeardStore(), createHeardStore()]
    here.rememberHeard('A', '1', 0, 5, 60)
    there.rememberHeard('A', '1', 10, 15, 60)
    there.rememberHeard('A', '2', 0, 5, 60)
    here.rememberHeard('A', '1', 20, 25, 60)
    expect(createHeardStore().heardOf('A', '1')?.spans).toEqual([
      [0, 5],
      [10, 15],
      [20, 25],
    ])
    expect(createHeardStore().heardOf('A', '2')).toBeDefined()
  })
})

test('the last 500 engagements are kept', () => {
  const store = createHeardStore()
  for (let id = 500; id >= 0; id -= 1) store.rememberHeard('A', String(id), 0, 5, 60)
  store.rememberHeard('A', '499', 10, 15, 60)
  store.rememberHeard('A', 'one more', 0, 5, 60)
  const after = createHeardStore()
  const there = ['500', '499', '498', '497'].map((id) => after.heardOf('A', id) !== undefined)
  expect(there).toEqual([false, true, false, true])
  expect(JSON.parse(kept.get(key) ?? '')).toHaveLength(500)
})

test.each([
  '',
  'nonsense',
  'null',
  '{}',
  '[7]',
  '[{"tenant":"A","id":"1","spans":[[0,-1]],"lengthSeconds":60}]',
  '[{"tenant":"A","id":"1","spans":[[0]],"lengthSeconds":60}]',
  '[{"tenant":"A","id":"1","spans":[[0,1]]}]',
])('what others wrote there does no harm: %s', (text) => {
  kept.set(key, text)
  const store = createHeardStore()
  expect(store.heardOf('A', '1')).toBeUndefined()
  store.rememberHeard('A', '1', 0, 5, 60)
  expect(createHeardStore().heardOf('A', '1')?.spans).toEqual([[0, 5]])
})

test('spans that others left in disorder are put in order', () => {
  kept.set(key, '[{"tenant":"A","id":"1","spans":[[30,40],[9,3],[0,10],[5,20]],"lengthSeconds":60}]')
  expect(createHeardStore().heardOf('A', '1')?.spans).toEqual([
    [0, 20],
    [30, 40],
  ])
})

test.each(['getItem', 'setItem'] as const)('where the device refuses %s, this page still knows', (method) => {
  const refuse = () => {
    throw new DOMException('Refused.', 'QuotaExceededError')
  }
  vi.stubGlobal('localStorage', { ...device, [method]: refuse })
  const store = createHeardStore()
  store.rememberHeard('A', '1', 0, 5, 60)
  store.rememberHeard('A', '1', 5, 8, 60)
  expect(store.heardOf('A', '1')?.spans).toEqual([[0, 8]])
})
