/** What the design system itself says. */
import { inLanguage } from '../in-language.ts'

const english = {
  dismissNotice: 'Dismiss this notice',
  /** @param part such as "The player": one thing, with its article */
  notLoaded: (part = 'A part of the page') => `${part} could not be loaded.`,
  reload: 'Reload the page',
}

export type UiTexts = typeof english
export const uiTexts = inLanguage('ui', english)
