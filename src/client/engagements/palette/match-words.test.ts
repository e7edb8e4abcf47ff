import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bestFits, fitOf } from './match-words.ts'

const word = fc.stringMatching(/^[a-z]{1,8}$/)

it('finds a name by the beginnings of its words, in any order', () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.nat(), (words, cut) => {
      const asked = words.toReversed().map((one) => one.slice(0, 1 + (cut % one.length)))
      expect(fitOf(words.join(' '), asked.join('  ').toUpperCase())).toBe(4 * words.length)
    }),
  )
})

it('finds nothing by a word that is not in it', () => {
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(fitOf(words.join(' '), `${words.join(' ')} 7`)).toBeUndefined()
    }),
  )
})

it('puts beginnings before insides, and those before letters', () => {
  const names = ['Unselect', 'Solicit', 'Select all', 'Sealed cat']
  expect(bestFits(names, (name) => name, 'sel')).toEqual(['Select all', 'Unselect', 'Sealed cat'])
  expect(bestFits(names, (name) => name, 'slct')).toEqual(['Solicit', 'Select all'])
  expect(bestFits(names, (name) => name, 'elct')).toEqual([])
  expect(bestFits(names, (name) => name, '')).toEqual(names)
})
