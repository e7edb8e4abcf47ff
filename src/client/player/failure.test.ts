import { describe, expect, test } from 'vitest'
import { failureOf, mayRetry } from './failure.ts'

const notSupported = 4
const answered = (status: number, mediaType?: string) => ({ kind: 'answered', status, mediaType }) as const

describe('failureOf', () => {
  test.each([
    [401, 'Your session ended. Sign in again to go on.'],
    [403, 'You may not hear this recording.'],
    [404, 'This recording is no longer here.'],
    [410, 'This recording is no longer here.'],
    [429, 'The server could not send this recording (status 429).'],
    [503, 'The server could not send this recording (status 503).'],
  ])('%i', (status, words) => {
    expect(failureOf(answered(status, 'application/problem+json'), notSupported).words).toBe(words)
  })

  test('a recording that is there but of an unknown kind names the kind', () => {
    expect(failureOf(answered(200, 'audio/x-speex'), notSupported).words).toBe(
      'This browser cannot play this kind of recording (audio/x-speex).',
    )
    expect(failureOf(answered(200), undefined).words).toBe('This browser cannot play this kind of recording.')
  })

  test('a recording that is there, but stopped coming or cannot be decoded, is not blamed on its kind alone', () => {
    expect(failureOf(answered(200, 'audio/webm'), 2).words).toBe(
      'The connection broke off while this recording was loading.',
    )
    expect(failureOf(answered(200, 'audio/webm'), 3).words).toBe(
      'This recording is damaged, or of a kind that this browser cannot play (audio/webm).',
    )
  })

  test('no answer', () => {
    expect(failureOf({ kind: 'unreachable' }, notSupported).words).toBe('The server cannot be reached.')
  })
})

test('what a sign-in may bring back is told from what it may not', () => {
  expect(failureOf(answered(401), 2).wayOn).toBe('sign-in')
  expect(failureOf(answered(403), 2).wayOn).toBe('retry')
})

test('a retry is made once a place, and again only well past it', () => {
  expect(mayRetry(0, undefined)).toBe(true)
  expect(mayRetry(12, 12)).toBe(false)
  expect(mayRetry(17, 12)).toBe(false)
  expect(mayRetry(17.1, 12)).toBe(true)
})
