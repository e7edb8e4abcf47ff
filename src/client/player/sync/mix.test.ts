import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everybody, loudness, type Mix, setVolume, toggleMute, toggleSolo } from './mix.ts'

test('everybody is heard at first, at the loudness of all', () => {
  expect([0, 1].map((lane) => loudness(everybody, lane, 0.8))).toEqual([0.8, 0.8])
})

test('solo silences the others, and once more brings them back', () => {
  const solo = toggleSolo(toggleMute(everybody, 1), 1)
  expect([0, 1].map((lane) => loudness(solo, lane, 1))).toEqual([0, 1])
  expect(loudness(toggleSolo(solo, 1), 0, 1)).toBe(1)
  expect(toggleSolo(solo, 0).solo).toBe(0)
})

test('a lane has its own volume', () => {
  expect(loudness(setVolume(everybody, 1, 0.5), 1, 0.5)).toBe(0.25)
})

test('pressing mute always changes what is heard of that lane', () => {
  const lane = fc.nat({ max: 3 })
  const mix: fc.Arbitrary<Mix> = fc.record({
    solo: fc.option(lane, { nil: undefined }),
    muted: fc.uniqueArray(lane),
    volumes: fc.constant({}),
  })
  fc.assert(
    fc.property(mix, lane, (before, pressed) => {
      const heard = (now: Mix) => loudness(now, pressed, 1) > 0
      expect(heard(toggleMute(before, pressed))).toBe(!heard(before))
    }),
  )
})
