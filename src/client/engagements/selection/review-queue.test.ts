import fc from 'fast-check'
import { expect, it } from 'vitest'
import { mostPages } from '../nearest-recorded.ts'
import { besideInQueue, gatherRecorded, lengthened, type ReviewQueue } from './review-queue.ts'

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

/** A list by which of its engagements have recordings; each is called by its place. */
const listOf = (recorded: readonly boolean[]) =>
  recorded.map((has, place) => ({
    id: String(place),
    associateInitiated: false,
    recordings: has ? [{}] : [],
  }))

it('comes to every recorded one of a list in its order, page by page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean()), fc.integer({ min: 1, max: 7 }), async (recorded, limit) => {
      const list = listOf(recorded)
      const asked: number[] = []
      const pageAt = async (offset: number) => {
        asked.push(offset)
        return {
          engagements: list.slice(offset, offset + limit),
          hasMore: offset + limit < list.length,
        }
      }
      let queue: ReviewQueue = { of: 'filter', ...(await gatherRecorded(pageAt)) }
      while (queue.more) queue = await lengthened(queue)
      expect(queue.engagements).toEqual(list.filter(({ recordings }) => recordings.length > 0))
      expect(asked).toEqual([...new Set(asked)])
    }),
  )
})

it('rests after many pages without any, and goes on from there when asked', async () => {
  const recordedAt = mostPages + 2
  const asked: number[] = []
  const pageAt = async (offset: number) => {
    asked.push(offset)
    const engagements = listOf([offset === recordedAt]).map((one) => ({ ...one, id: String(offset) }))
    return { engagements, hasMore: offset < recordedAt }
  }
  const first = { of: 'filter', ...(await gatherRecorded(pageAt)) } as const
  expect(first.engagements).toEqual([])
  expect(asked).toHaveLength(mostPages)
  const whole = await lengthened(first)
  expect(whole.engagements.map(({ id }) => id)).toEqual([String(recordedAt)])
  expect(whole.more).toBeUndefined()
  expect(await lengthened(whole)).toBe(whole)
})
