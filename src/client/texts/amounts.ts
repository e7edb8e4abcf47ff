/** Numbers and lists as the reader's own locale writes them, and the form of a word that goes with a number. */
import { formatCache } from './format-cache.ts'
import { currentWording } from './in-language.ts'

export function numberText(value: number): string {
  return numbers(currentWording().locale).format(value)
}

export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/** The form of the texts' language, such as `{ one: 'row', other: 'rows' }`. */
export function plural(count: number, forms: PluralForms): string {
  return forms[pluralRules(currentWording().language).select(count)] ?? forms.other
}

/** `a, b or c`. */
export function anyOf(texts: readonly string[]): string {
  return lists(`${currentWording().language} disjunction`).format(texts)
}

/** `a, b and c`. */
export function allOf(texts: readonly string[]): string {
  return lists(`${currentWording().language} conjunction`).format(texts)
}

const numbers = formatCache((locale) => new Intl.NumberFormat(locale))
const pluralRules = formatCache((language) => new Intl.PluralRules(language))
const lists = formatCache((key) => {
  const [language = 'en', type] = key.split(' ')
  // "a, b or c", as the texts have it, not "a, b, or c".
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language, {
    type: type === 'disjunction' ? 'disjunction' : 'conjunction',
  })
})
