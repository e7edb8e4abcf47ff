/** Emails to choose from while one is written. */
import { inLanguage } from '../in-language.ts'

const english = { seen: 'Emails seen' }

export type SuggestionsTexts = typeof english
export const suggestionsTexts = inLanguage('suggestions', english)
