import { expect, it } from 'vitest'
import { wordOf } from './word-of.ts'

const words = { connected: 'Verbunden' }

it('has a word for what is known, and tells the rest as it came', () => {
  expect(wordOf(words, 'connected')).toBe('Verbunden')
  expect(wordOf(words, 'transferred')).toBe('transferred')
  expect(wordOf(words, 'constructor')).toBe('constructor')
  expect(wordOf(words, '')).toBe('')
})
