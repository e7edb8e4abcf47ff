import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { heardStore } from '../../player/heard-store.ts'
import { keptReviewed, reviewedOf, setReviewed } from './reviewed.ts'

const kept = new Map<string, string>()
const localStorage = {
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
  removeItem: (name: string) => void kept.delete(name),
}

beforeEach(() => {
  kept.clear()
  vi.stubGlobal('localStorage', localStorage)
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage }))
})
afterEach(() => vi.unstubAllGlobals())

it('counts what was played from end to end, and a hand has the last word', () => {
  heardStore.rememberHeard('A', 'whole', 0, 60, 60)
  heardStore.rememberHeard('A', 'half', 0, 30, 60)
  expect(reviewedOf('A', ['half', 'whole', 'other'])).toEqual(['whole'])
  expect(reviewedOf('B', ['whole'])).toEqual([])
  setReviewed('A', 'whole', false)
  setReviewed('A', 'half', true)
  expect(reviewedOf('A', ['half', 'whole'])).toEqual(['half'])
  setReviewed('A', 'whole', true)
  setReviewed('A', 'half', false)
  expect(reviewedOf('A', ['half', 'whole'])).toEqual(['whole'])
  // What playing says by itself takes no room.
  expect(keptReviewed.read()).toBeUndefined()
})

it('goes on with marks from before there were other ones, and leaves out what is none', () => {
  kept.set('hindsight.reviewed', JSON.stringify([{ tenant: 'A', id: 'old' }, 7, { id: 'stray' }]))
  expect(reviewedOf('A', ['old', 'stray'])).toEqual(['old'])
})
