import { expect, it } from 'vitest'
import { wordingOf } from './language.ts'

it.each([
  [undefined, ['de-AT', 'en'], 'de', 'de-AT'],
  [undefined, ['en-US'], 'en', 'en-US'],
  [undefined, ['ja-JP', 'de'], 'de', 'ja-JP'],
  [undefined, ['ar-EG'], 'en', 'ar-EG'],
  [undefined, [], 'en', 'en-GB'],
  ['en', ['de-DE'], 'en', 'en-GB'],
  ['de', ['ja-JP'], 'de', 'de-DE'],
  ['de', ['en-GB', 'de-CH'], 'de', 'de-CH'],
] as const)(
  'speaks as chosen (%s), else as the browser prefers (%s)',
  (chosen, preferred, language, locale) => {
    expect(wordingOf(chosen, preferred)).toEqual({ language, locale })
  },
)
