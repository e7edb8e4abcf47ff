import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketLengths, engagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import { earliestInstant, formatInstant, latestInstant } from '../../contract/query/instant.ts'
import { writeXml } from '../../contract/representation/xml.ts'
import { type BucketTimes, histogramModel, type StartHistogram } from '../source/start-histogram.ts'
import { histogramText } from './histogram-text.ts'

const instant = fc.integer({ min: earliestInstant, max: latestInstant }).map(formatInstant)
const histogram = fc.nat({ max: 12 }).chain((length): fc.Arbitrary<StartHistogram> => {
  const each = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: length, maxLength: length })
  // A status that is not counted has no counts.
  const counts = fc.oneof(each(fc.nat()), fc.constant([]))
  return fc.record({
    times: fc.record<BucketTimes>({
      bucket: fc.constantFrom(...bucketLengths),
      starts: each(instant),
      ends: each(instant),
    }),
    unknownStart: fc.nat(),
    successful: counts,
    unsuccessful: counts,
    other: counts,
  })
})

it('is the model as JSON and XML write it, however often the same buckets are written', () => {
  fc.assert(
    fc.property(fc.array(histogram, { minLength: 1, maxLength: 4 }), (several) => {
      const [first] = several
      for (const one of several) {
        const again = {
          ...one,
          times: first?.times.starts.length === one.times.starts.length ? first.times : one.times,
        }
        const model = histogramModel(again)
        expect(engagementHistogramV1.parse(model)).toEqual(model)
        expect(histogramText('application/json', again)).toBe(JSON.stringify(model))
        expect(histogramText('application/xml', again)).toBe(writeXml('engagementHistogramV1', model))
      }
    }),
  )
})
