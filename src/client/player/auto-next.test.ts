import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { autoNext } from './auto-next.ts'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  vi.stubGlobal('window', new EventTarget())
})
afterEach(() => vi.unstubAllGlobals())

test('nothing plays by itself until it is switched on, nor after it is switched off', () => {
  expect(autoNext.isOn()).toBe(false)
  autoNext.switchTo(true)
  expect(autoNext.isOn()).toBe(true)
  autoNext.switchTo(false)
  expect([autoNext.isOn(), kept.size]).toEqual([false, 0])
})

test.each(['', 'true', 'ON', 'off'])('what others wrote there is not on: %s', (text) => {
  kept.set('hindsight.auto-next', text)
  expect(autoNext.isOn()).toBe(false)
})

test('whoever follows is told of the switch, here and in another tab, until they stop', () => {
  const listener = vi.fn()
  const stop = autoNext.subscribe(listener)
  autoNext.switchTo(true)
  expect(listener).toHaveBeenCalledTimes(1)
  window.dispatchEvent(new Event('storage'))
  expect(listener).toHaveBeenCalledTimes(2)
  stop()
  autoNext.switchTo(false)
  window.dispatchEvent(new Event('storage'))
  expect(listener).toHaveBeenCalledTimes(2)
})

test('a browser that keeps nothing never plays by itself', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  autoNext.switchTo(true)
  expect(autoNext.isOn()).toBe(false)
})
