import { numberText } from '../amounts.ts'
import type { ViewsTexts } from '../en/views.ts'

export const views: ViewsTexts = {
  title: 'Ansichten',
  ofDevice: 'Auf diesem Gerät',
  ofTenant: (tenant) => `Für alle in ${tenant}`,
  none: 'Noch keine Ansichten.',
  reading: (tenant) => `Die Ansichten von ${tenant} werden gelesen …`,
  notRead: (tenant, why) => `Die Ansichten von ${tenant} konnten nicht gelesen werden. ${why}`,
  retry: 'Erneut versuchen',

  opened: 'Die geöffnete Ansicht',
  shownAsSaved: (name) => [{ strong: name }, ' wird gezeigt, wie sie gespeichert ist.'],
  changedHere: (name) => [{ strong: name }, ' wurde hier geändert.'],
  gone: (name) => [{ strong: name }, ' wurde entfernt.'],
  save: 'Speichern',
  reset: (name) => `Zurück zu „${name}“`,
  leave: 'Ansicht verlassen',
  changedLastBy: (email) => `Zuletzt hat ${email} sie geändert.`,
  overwrite: 'Überschreiben',
  saved: (name) => `„${name}“ ist gespeichert.`,
  removed: (name) => `„${name}“ ist entfernt.`,

  defaultOf: (name) => `Standard: ${name}`,
  isDefault: 'Die Standardansicht auf diesem Gerät',
  makeDefault: 'Zur Standardansicht auf diesem Gerät machen',
  rename: 'Umbenennen',
  renameOf: (name) => `${name} umbenennen`,
  newName: 'Neuer Name',
  cancel: 'Abbrechen',
  remove: 'Entfernen',
  removeOf: (name) => `${name} entfernen`,
  askRemoval: 'Ansicht entfernen?',
  askRemovalForAll: (tenant) => `Ansicht für alle in ${tenant} entfernen?`,
  keep: 'Behalten',
  notOpened: (why) => `Kann hier nicht geöffnet werden. ${why}`,

  saveShown: 'Gezeigtes als neue Ansicht speichern',
  name: 'Name',
  nameMissing: 'Eine Ansicht braucht einen Namen.',
  nameTaken: (name) =>
    `Eine Ansicht namens „${name}“ gibt es auf diesem Gerät schon; ein anderer Name ist nötig.`,
  tooMany: (most) =>
    `Auf diesem Gerät gibt es schon ${numberText(most)} Ansichten; zuerst muss eine davon weg.`,
  place: 'Wo sie gespeichert wird',
  thisDevice: 'Dieses Gerät',
  everybody: (tenant) => `Alle in ${tenant}`,
  saveAsNew: 'Neu speichern',

  recent: 'Letzte Suchen',
  recentHere: 'Letzte Suchen, auf diesem Gerät gemerkt',
  forgetRecent: 'Letzte Suchen vergessen',

  restoreLast: 'Letzte Filter wiederherstellen',
  openDefault: (name) => `„${name}“ öffnen, die Standardansicht`,
  defaultGone: 'Die Standardansicht gibt es nicht mehr.',
  defaultNotOpened: (name, why) => `Die Standardansicht „${name}“ kann hier nicht geöffnet werden. ${why}`,
}
