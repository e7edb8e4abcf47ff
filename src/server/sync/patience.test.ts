import { expect, it } from 'vitest'
import { SourceFailure, type SourceFailureKind } from '../source/source-failure.ts'
import { createPace } from './pace.ts'
import { createPatience } from './patience.ts'

const limits = { tries: 4, firstPauseMs: 2, longestPauseMs: 5 }

function patience(signal = new AbortController().signal) {
  const pauses: number[] = []
  const waiting = (_: string, pauseMs: number) => {
    pauses.push(pauseMs)
  }
  return { pauses, patiently: createPatience({ limits, pace: createPace(1000, signal), signal, waiting }) }
}

/** Fails with each in turn, then answers. */
function failing(...failures: readonly SourceFailure[]) {
  const asked = { times: 0 }
  const ask = async () => {
    const failure = failures[asked.times++]
    if (failure !== undefined) throw failure
    return 'answer'
  }
  return { asked, ask }
}
const failure = (kind: SourceFailureKind, retryAfterMs?: number) =>
  new SourceFailure(kind, kind, { retryAfterMs })

it('asks again what may pass, after pauses that grow', async () => {
  const { pauses, patiently } = patience()
  const { ask } = failing(failure('late'), failure('broken'), failure('unreadable'))
  expect(await patiently(ask)).toBe('answer')
  expect(pauses).toHaveLength(3)
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(Math.min(2 ** index, 2.5))
    expect(pause).toBeLessThanOrEqual(5)
  }
})

it('waits for as long as it is told', async () => {
  const { pauses, patiently } = patience()
  await patiently(failing(failure('busy', 40), failure('resting', 30)).ask)
  expect(pauses).toEqual([40, 30])
})

it('gives up after as many tries as it has', async () => {
  const { patiently } = patience()
  const { asked, ask } = failing(...Array.from({ length: 9 }, () => failure('unreachable')))
  await expect(patiently(ask)).rejects.toThrow('unreachable')
  expect(asked.times).toBe(limits.tries)
})

it('counts its tries anew as long as something comes', async () => {
  const { patiently } = patience()
  const { asked, ask } = failing(...Array.from({ length: 9 }, () => failure('unreachable')))
  expect(await patiently(ask, () => true)).toBe('answer')
  expect(asked.times).toBe(10)
})

it.each<SourceFailureKind>(['signed-out', 'not-permitted', 'not-given'])('asks once for %s', async (kind) => {
  const { patiently } = patience()
  const { asked, ask } = failing(failure(kind))
  await expect(patiently(ask)).rejects.toThrow(kind)
  expect(asked.times).toBe(1)
})

it('ends in the middle of a pause when it is told to', async () => {
  const stop = new AbortController()
  const { pauses, patiently } = patience(stop.signal)
  const asking = patiently(failing(failure('busy', 3_600_000)).ask)
  await expect.poll(() => pauses).toEqual([3_600_000])
  stop.abort()
  await expect(asking).rejects.toThrow('abort')
})
