/** An opened row: who took part, the recordings, and what else is known. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  users: 'Users',
  nobody: 'Nobody is named.',
  unknown: 'unknown',
  showOnlyWith: (email: string) => `Show only engagements with ${email}`,

  recordings: 'Recordings',
  noRecordings: 'None was made.',
  play: (number: number, whose: string) => `Play recording ${numberText(number)}, ${whose}`,
  /** @param count two or more */
  playAll: (count: number) => (count === 2 ? 'Play both in sync' : `Play all ${numberText(count)} in sync`),
  recordingKinds: { AUDIO: 'audio', VIDEO: 'video', AUDIOVIDEO: 'video with sound' },
  begins: (seconds: number) => `Begins ${numberText(seconds)} s into the engagement`,
  openAt: (whose: string, host: string) => `Open the recording of ${whose} at ${host}`,
  download: (whose: string) => `Download the recording of ${whose}`,

  copyWhole: (characters: number) => `Copy all ${numberText(characters)} characters`,
  copied: 'Copied',
  copyRefused: 'The browser refused to copy',

  facts: 'Facts',
  ended: 'Ended',
  stillOpen: 'still open',
  waited: 'Waited',
  startedBy: 'Started by',
  associate: 'associate',
  customer: 'customer',
  outcome: 'Outcome',
  outcomes: { successful: 'successful', unsuccessful: 'unsuccessful' },
  release: 'Release',
  releases: { connected: 'connected', attempted: 'not answered' },
  reason: 'Reason',
  contents: 'Contents',
  contentKinds: { audio: 'audio', video: 'video', audiovideo: 'video with sound' },
  team: 'Team',
  id: 'Id',
  context: 'Context',
}

export type DetailTexts = typeof english
export const detailTexts = inLanguage('detail', english)
