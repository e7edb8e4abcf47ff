/** The switch of the language. */
import { inLanguage } from '../in-language.ts'

const english = {
  language: 'Language',
  asTheBrowserHasIt: 'As the browser has it',
}

export type LanguageTexts = typeof english
export const languageTexts = inLanguage('language', english)
