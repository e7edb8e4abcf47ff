import type { PageButtonsTexts } from '../en/page-buttons.ts'

export const pageButtons: PageButtonsTexts = {
  export: 'Export',
  theExport: 'Der Export',
  view: 'Ansicht',
  views: 'Ansichten',
  viewChanged: 'geändert',
  viewChangedHint: 'Geändert',
}
