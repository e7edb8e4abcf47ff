import fc from 'fast-check'
import { expect, it } from 'vitest'
import { besideInQueue, type ReviewQueue } from './review-queue.ts'

const queue = (ids: readonly string[]): ReviewQueue => ({
  of: 'selection',
  engagements: ids.map((id) => ({ id, associateInitiated: false, recordings: [{}] })),
})

it('walks through every one once, and back the same way', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), (ids) => {
      const walk = (direction: 'next' | 'previous') => {
        const met: string[] = []
        let at = besideInQueue(queue(ids), direction, undefined)
        while (at !== undefined) {
          met.push(at)
          at = besideInQueue(queue(ids), direction, at)
        }
        return met
      }
      expect(walk('next')).toEqual(ids)
      expect(walk('previous')).toEqual(ids.toReversed())
    }),
  )
})
