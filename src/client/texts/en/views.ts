/** Saved views and recent searches. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'
import type { WeightedParts } from '../parts.ts'

const english = {
  title: 'Views',
  ofDevice: 'On this device',
  ofTenant: (tenant: string) => `For everybody in ${tenant}`,
  none: 'No views yet.',
  reading: (tenant: string) => `Reading the views of ${tenant} …`,
  notRead: (tenant: string, why: string) => `The views of ${tenant} could not be read. ${why}`,
  retry: 'Retry',

  opened: 'The opened view',
  shownAsSaved: (name: string): WeightedParts => [{ strong: name }, ' is shown as it was saved.'],
  changedHere: (name: string): WeightedParts => [{ strong: name }, ' has been changed here.'],
  gone: (name: string): WeightedParts => [{ strong: name }, ' has been removed.'],
  save: 'Save',
  reset: (name: string) => `Reset to “${name}”`,
  leave: 'Leave the view',
  changedLastBy: (email: string) => `It was changed last by ${email}.`,
  overwrite: 'Overwrite it',
  saved: (name: string) => `“${name}” is saved.`,
  removed: (name: string) => `“${name}” is removed.`,

  defaultOf: (name: string) => `Default: ${name}`,
  isDefault: 'The default on this device',
  makeDefault: 'Make it the default on this device',
  rename: 'Rename',
  renameOf: (name: string) => `Rename ${name}`,
  newName: 'New name',
  cancel: 'Cancel',
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  askRemoval: 'Remove it?',
  askRemovalForAll: (tenant: string) => `Remove it for everybody in ${tenant}?`,
  keep: 'Keep',
  notOpened: (why: string) => `Cannot be opened here. ${why}`,

  saveShown: 'Save what is shown as a new view',
  name: 'Name',
  nameMissing: 'A view needs a name.',
  nameTaken: (name: string) =>
    `There is a view called “${name}” on this device already; another name is needed.`,
  tooMany: (most: number) =>
    `There are ${numberText(most)} views on this device already; one has to go first.`,
  place: 'Where to keep it',
  thisDevice: 'This device',
  everybody: (tenant: string) => `Everybody in ${tenant}`,
  saveAsNew: 'Save as new',

  recent: 'Recent searches',
  recentHere: 'Recent searches, kept on this device',
  forgetRecent: 'Forget recent searches',

  restoreLast: 'Restore last filters',
  openDefault: (name: string) => `Open “${name}”, the default view`,
  defaultGone: 'The default view is not there any more.',
  defaultNotOpened: (name: string, why: string) => `The default view “${name}” cannot be opened here. ${why}`,
}

export type ViewsTexts = typeof english
export const viewsTexts = inLanguage('views', english)
