import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import {
  recallSkipsSilence,
  recallSpeed,
  recallVolume,
  rememberSkipsSilence,
  rememberSpeed,
  rememberVolume,
} from './remembered.ts'

const kept = new Map<string, string>()

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('what was remembered is recalled', () => {
  expect([recallSpeed(), recallVolume(), recallSkipsSilence()]).toEqual([1, 1, false])
  rememberSpeed(1.5)
  rememberVolume(0.4)
  rememberSkipsSilence(true)
  expect([recallSpeed(), recallVolume(), recallSkipsSilence()]).toEqual([1.5, 0.4, true])
  rememberSkipsSilence(false)
  expect(recallSkipsSilence()).toBe(false)
})

test.each(['7', '-1', 'loud', 'NaN'])('what others wrote there does no harm: %s', (text) => {
  for (const key of ['volume', 'speed', 'skips-silence']) kept.set(`hindsight.${key}`, text)
  expect([recallVolume(), recallSpeed(), recallSkipsSilence()]).toEqual([1, 1, false])
})

test('a browser that keeps nothing is no error', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  rememberSpeed(2)
  rememberVolume(0.5)
  expect([recallSpeed(), recallVolume()]).toEqual([1, 1])
})
