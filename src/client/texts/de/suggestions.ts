import type { SuggestionsTexts } from '../en/suggestions.ts'

export const suggestions: SuggestionsTexts = { seen: 'Bekannte E-Mail-Adressen' }
