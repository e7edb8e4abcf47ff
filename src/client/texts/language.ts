/** The language of the page's texts, and the locale that dates and numbers are written in. */
import { readDevice, writeDevice } from '../ui/keys.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** Each in its own language. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

/** The locale of a language whose reader's own is not known. */
const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' }

const remembered = 'hindsight.language'

/** What was chosen on this device; absent: as the browser has it. */
export function chosenLanguage(): Language | undefined {
  const kept = readDevice(remembered)
  return languages.find((language) => language === kept)
}

export function rememberLanguage(language: Language | undefined): void {
  writeDevice(remembered, language)
}

export interface Wording {
  readonly language: Language
  /** As BCP 47 has it, such as `de-AT`: of dates and numbers, which Intl writes in more languages than we have texts in. */
  readonly locale: string
}

/**
 * The first of the browser's languages that there are texts in. Dates and numbers are written as the browser's first
 * language has them, unless another language was chosen by hand.
 * @param preferred as `navigator.languages` has them
 */
export function wordingOf(chosen: Language | undefined, preferred: readonly string[]): Wording {
  const baseOf = (tag: string) => tag.toLowerCase().split('-')[0]
  const offered = preferred.flatMap((tag) => languages.filter((language) => language === baseOf(tag)))
  const language = chosen ?? offered[0] ?? 'en'
  const own = preferred.find((tag) => baseOf(tag) === language)
  const first = chosen === undefined ? preferred[0] : own
  return { language, locale: first ?? locales[language] }
}
