import { expect, it } from 'vitest'
import { answerMoment } from './answer-moment.ts'

const moment = Date.parse('2026-11-24T22:10:05.123Z')

it.each([
  ['</v1/engagements/T?asOf=2026-11-24T22:10:05.123Z>; rel="canonical"', moment],
  [
    '</v1/engagements/T?status=all&user=a%2Bb@x.example&asOf=2026-11-24T22:10:05.123Z&limit=50&offset=50>; rel="canonical", ' +
      '</v1/engagements/T?status=all&asOf=2026-11-24T22:10:06Z&limit=50&offset=100>; rel="next"',
    moment,
  ],
  ['</v1/engagements/T?status=all>; rel="canonical"', undefined],
  ['</elsewhere?asOf=2026-11-24T22:10:06Z>; rel="next"', undefined],
  ['', undefined],
  [null, undefined],
])('reads the moment from %s', (link, expected) => {
  expect(answerMoment(link)).toBe(expected)
})
