/** Buttons of the page that bring a part which is loaded only then. */
import { inLanguage } from '../in-language.ts'

const english = {
  export: 'Export',
  theExport: 'The export',
  view: 'View',
  views: 'Views',
  viewChanged: 'changed',
  viewChangedHint: 'Changed',
}

export type PageButtonsTexts = typeof english
export const pageButtonsTexts = inLanguage('pageButtons', english)
