import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  recallPosition,
  recallSpeed,
  recallVolume,
  rememberPosition,
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
  rememberSpeed(1.5)
  rememberVolume(0.4)
  rememberPosition('/a', 12.34)
  rememberPosition('/b', 5)
  expect([recallSpeed(), recallVolume(), recallPosition('/a'), recallPosition('/b')]).toEqual([
    1.5, 0.4, 12.3, 5,
  ])
  rememberPosition('/a', undefined)
  expect([recallPosition('/a'), recallPosition('/b')]).toEqual([0, 5])
})

test('only the latest 200 positions are kept', () => {
  for (let index = 0; index < 201; index += 1) rememberPosition(`/${index}`, 1)
  rememberPosition('/1', 2)
  rememberPosition('/201', 1)
  expect([recallPosition('/0'), recallPosition('/1'), recallPosition('/2'), recallPosition('/201')]).toEqual([
    0, 2, 0, 1,
  ])
  expect(Object.keys(JSON.parse(kept.get('hindsight.positions') ?? ''))).toHaveLength(200)
})

describe('what others wrote there does no harm', () => {
  test.each(['', 'nonsense', '[1]', '{"/a":"1"}', '{"/a":-1}', 'null'])('positions: %s', (text) => {
    kept.set('hindsight.positions', text)
    expect(recallPosition('/a')).toBe(0)
    rememberPosition('/a', 3)
    expect(recallPosition('/a')).toBe(3)
  })

  test.each(['7', '-1', 'loud', 'NaN'])('volume and speed: %s', (text) => {
    kept.set('hindsight.volume', text)
    kept.set('hindsight.speed', text)
    expect([recallVolume(), recallSpeed()]).toEqual([1, 1])
  })
})

test('a browser that keeps nothing is no error', () => {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse })
  rememberSpeed(2)
  rememberPosition('/a', 3)
  expect([recallSpeed(), recallVolume(), recallPosition('/a')]).toEqual([1, 1, 0])
})
