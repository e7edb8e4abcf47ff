import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketLengths, engagementHistogramV1 } from '../../contract/model/engagement-histogram.ts'
import { earliestInstant, latestInstant } from '../../contract/query/instant.ts'
import { writeXml } from '../../contract/representation/xml.ts'
import { histogramModel, type StartHistogram } from '../source/start-histogram.ts'
import { histogramText } from './histogram-text.ts'

// Days and hours of few years, so that buckets of many histograms begin alike, and any moment there is.
const moment = fc.oneof(
  fc.integer({ min: earliestInstant, max: latestInstant }),
  fc.integer({ min: -200, max: 200 }).map((hours) => hours * 3_600_000),
)
const histogram = fc.nat({ max: 12 }).chain((length): fc.Arbitrary<StartHistogram> => {
  const each = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: length, maxLength: length })
  // A status that is not counted has no counts.
  const counts = fc.oneof(each(fc.nat()), fc.constant([]))
  return fc.record({
    bucket: fc.constantFrom(...bucketLengths),
    bounds: fc
      .uniqueArray(moment, { minLength: length + 1, maxLength: length + 1 })
      .map((bounds) => (length === 0 ? [] : bounds.toSorted((a, b) => a - b))),
    unknownStart: fc.nat(),
    successful: counts,
    unsuccessful: counts,
    other: counts,
  })
})

it('is the model as JSON and XML write it', () => {
  fc.assert(
    fc.property(histogram, (one) => {
      const model = histogramModel(one)
      expect(engagementHistogramV1.parse(model)).toEqual(model)
      expect(histogramText('application/json', one)).toBe(JSON.stringify(model))
      expect(histogramText('application/xml', one)).toBe(writeXml('engagementHistogramV1', model))
    }),
    { numRuns: 1000 },
  )
})
