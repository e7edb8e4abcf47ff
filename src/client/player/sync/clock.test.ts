import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Clock } from './clock.ts'

test('runs by its speed, stands when stopped, and goes where it is told', () => {
  let now = 1000
  const clock = new Clock(() => now)
  now += 500
  expect(clock.positionSeconds).toBe(0)
  clock.start()
  now += 500
  expect(clock.positionSeconds).toBe(0.5)
  clock.setSpeed(2)
  now += 500
  expect(clock.positionSeconds).toBe(1.5)
  clock.stop()
  now += 500
  expect(clock.positionSeconds).toBe(1.5)
  clock.seek(40)
  clock.start()
  now += 250
  expect(clock.positionSeconds).toBe(40.5)
})

test('the position is the sum of time by speed, however often it is read, started or changed', () => {
  const step = fc.record({
    ms: fc.nat({ max: 10_000 }),
    runs: fc.boolean(),
    speed: fc.constantFrom(0.5, 1, 1.25, 3),
  })
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let now = 0
      let expected = 0
      const clock = new Clock(() => now)
      for (const { ms, runs, speed } of steps) {
        clock.setSpeed(speed)
        if (runs) clock.start()
        else clock.stop()
        now += ms
        if (runs) expected += (ms / 1000) * speed
        expect(clock.positionSeconds).toBeCloseTo(expected, 6)
      }
    }),
  )
})
