import type { UiTexts } from '../en/ui.ts'

export const ui: UiTexts = {
  dismissNotice: 'Diesen Hinweis schließen',
  notLoaded: (part = 'Ein Teil der Seite') => `${part} konnte nicht geladen werden.`,
  reload: 'Seite neu laden',
}
