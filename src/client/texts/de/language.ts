import type { LanguageTexts } from '../en/language.ts'

export const language: LanguageTexts = {
  language: 'Sprache',
  asTheBrowserHasIt: 'Wie im Browser eingestellt',
}
