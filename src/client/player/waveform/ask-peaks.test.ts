import { expect, it } from 'vitest'
import { peaksAddress } from './ask-peaks.ts'

it.each([
  ['https://h.example/v1/recordings/T/abc', '/v1/recordings/T/abc/peaks'],
  ['https://h.example/v1/recordings/A%2FB%20$1/x%25y', '/v1/recordings/A%2FB%20$1/x%25y/peaks'],
  ['https://h.example/v1/recordings/100%/abc', '/v1/recordings/100%/abc/peaks'],
  ['https://h.example/v1/recordings/T/abc/more', undefined],
  ['https://h.example/v1/recordings/T', undefined],
  ['https://h.example/calls/a.webm', undefined],
])('the peaks of %s are at %s', (src, address) => {
  expect(peaksAddress(src)).toBe(address)
})
