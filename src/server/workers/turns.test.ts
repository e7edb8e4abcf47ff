import { EventEmitter } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createSignInLimits } from '../auth/sign-in-limits.ts'
import { createBackOff } from './back-off.ts'
import { createHub } from './hub.ts'
import { createTurns } from './turns.ts'

/** @returns keys, in the order in which their turns came */
function begunTurns(turns: ReturnType<typeof createTurns>, keys: readonly string[]) {
  const begun: string[] = []
  const ends: (() => void)[] = []
  for (const key of keys)
    turns.take(key).then((end) => {
      begun.push(key)
      ends.push(end)
    })
  return { begun, ends }
}

it('lets so many work at once, and the next when one has ended', async () => {
  const { begun, ends } = begunTurns(createTurns(2), ['a', 'b', 'c'])
  await setImmediate()
  expect(begun).toEqual(['a', 'b'])
  ends[1]?.()
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'c'])
})

it('never lets two work at the same, and keeps nobody else waiting for that', async () => {
  const { begun, ends } = begunTurns(createTurns(2), ['a', 'a', 'a', 'b'])
  await setImmediate()
  expect(begun).toEqual(['a', 'b'])
  ends[0]?.()
  await setImmediate()
  expect(begun).toEqual(['a', 'b', 'a'])
})

/** The part of Node's `Worker` that is needed, of a process that is not there. */
class Connected extends EventEmitter {
  readonly told: unknown[] = []
  isConnected = () => true
  send = (message: unknown) => this.told.push(message)
}

it('gives the turns of a worker that ends to others, those too that it still waited for', async () => {
  const hub = createHub({ measuring: createTurns(1), signIns: createSignInLimits() })
  const [ending, other] = [new Connected(), new Connected()]
  for (const worker of [ending, other]) hub.join(worker as never)
  ending.emit('message', { kind: 'enter', of: 'measuring', id: 0, key: 'a' })
  ending.emit('message', { kind: 'enter', of: 'measuring', id: 1, key: 'b' })
  other.emit('message', { kind: 'enter', of: 'measuring', id: 0, key: 'a' })
  await setImmediate()
  expect([ending.told, other.told]).toEqual([[{ kind: 'turn', id: 0 }], []])
  ending.emit('exit')
  await setImmediate()
  expect(other.told).toEqual([{ kind: 'turn', id: 0 }])
})

it('waits longer for each worker that ends soon, and not for one that lived', () => {
  const { next } = createBackOff()
  expect([next(500), next(500), next(500)]).toEqual([200, 400, 800])
  expect(next(60_000)).toBe(100)
  expect(Array.from({ length: 12 }, () => next(0)).at(-1)).toBe(10_000)
})
