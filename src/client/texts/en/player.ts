/** The player: its controls, its lanes, and what it says of itself. */
import { numberText, plural } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  player: 'Player',
  close: 'Close the player',

  startUnknown: 'Start unknown',
  /** Heard between the customer's side and the associates', in place of the arrow that is seen there. */
  with: ' with ',
  customer: 'customer',
  associate: 'associate',
  unnamed: 'unnamed',

  play: (recordings: number) => `Play ${counted(recordings)}`,
  pause: (recordings: number) => `Pause ${counted(recordings)}`,
  back: (seconds: number) => `Back ${seconds} seconds`,
  forward: (seconds: number) => `Forward ${seconds} seconds`,
  previousEngagement: 'Previous engagement with recordings',
  nextEngagement: 'Next engagement with recordings',
  volumeOfAll: 'Volume of all recordings',
  speed: 'Speed',
  speedOf: (speed: number) => `${numberText(speed)}×`,
  skipSilence: 'Skip silence',
  autoplayNext: 'Autoplay next',
  position: 'Position',

  hours: (count: number) => `${count} ${plural(count, { one: 'hour', other: 'hours' })}`,
  minutes: (count: number) => `${count} ${plural(count, { one: 'minute', other: 'minutes' })}`,
  seconds: (count: number) => `${count} ${plural(count, { one: 'second', other: 'seconds' })}`,
  positionOf: (position: string, length: string) => `${position} of ${length}`,
  positionOnly: (position: string) => `${position}, length unknown`,

  recordings: 'Recordings',
  recordingNumber: (number: number) => `Recording ${number}`,
  /** A recording as its buttons speak of it: the subject of the texts below. */
  subject: (number: number, name: string) => `recording ${number}, ${name}`,
  solo: (subject: string) => `Solo ${subject}`,
  mute: (subject: string) => `Mute ${subject}`,
  volumeOf: (subject: string) => `Volume of ${subject}`,
  download: (subject: string) => `Download ${subject}`,
  loadWhole: 'Load it whole',
  loadSubjectWhole: (subject: string) => `Load ${subject} whole`,
  retry: 'Retry',
  retrySubject: (subject: string) => `Retry ${subject}`,
  endsBefore: (missing: string) =>
    `This recording ends ${missing} before its record says: its file was cut off.`,

  pictureOf: (name: string) => `Picture of ${name}`,
  fullScreen: 'Show the player in full screen',
  leaveFullScreen: 'Leave full screen',

  goToClock: 'Go to a clock time (g)',
  goToClockFrom: (now: string) => `Go to a clock time; now ${now}`,
  clockToGoTo: 'Clock time to go to',
  go: 'Go',
  cancel: 'Cancel',
  noClockTime: (given: string, runs: string) =>
    `“${given}” is not a clock time. Expected a time such as 14:19, 14:19:11 or 2:19 pm. ${runs}`,
  notInEngagement: (given: string, runs: string) => `${given} is not in this engagement. ${runs}`,
  runs: (from: string, to: string) => `This engagement runs from ${from} to ${to}.`,

  part: 'Part that plays again and again',
  /** Heard after what is seen on the button: the mark, and where it is by now. */
  markIt: ': mark it here',
  markItInstead: ': mark it here instead',
  markHint: (mark: string, key: string) => `Mark ${mark} here (${key})`,
  clearMarks: 'Clear the marks',

  copyMoment: 'Copy moment',
  copyMomentOf: (moment: string) => `Copy moment ${moment}`,
  momentCopied: 'Moment copied',
  copyHandOver: 'Copy a hand-over text: when, who, and a link',
  copyHandOverOf: (moment: string) => `Copy a hand-over text for ${moment}`,
  handOverCopied: 'Hand-over text copied',
  notCopied: 'Could not copy',

  waitingFor: (names: readonly string[]) => `Waiting for ${names.join(', ')}…`,
  goesOnWithout: (names: readonly string[]) => `Play goes on without ${names.join(', ')}.`,
  /** @param until a clock time, where it is known */
  nothingUntil: (until: string | undefined) => `Nothing was recorded until ${until ?? 'later'}.`,
  skipIt: 'Skip it',
  cutOff: (names: readonly string[]) => `Cut off before its end: ${names.join(', ')}.`,
  noRecordings: 'This engagement has no recordings.',
  allUndated: 'The recordings do not say when they were made: they play one after another.',
  someUndated: 'Recordings that do not say when they were made play after the others.',

  noAddress: 'This recording has no address.',
  keptAt: (host: string) => `This recording is kept at ${host}, not here.`,
  openThere: 'Open it there',
  newTab: '(new tab)',
  unusableAddress: 'The address of this recording is not one that a browser can open.',
  unreachable: 'The server cannot be reached.',
  signedOut: 'Your session ended. Sign in again to go on.',
  forbidden: 'You may not hear this recording.',
  gone: 'This recording is no longer here.',
  notSent: (status: number) => `The server could not send this recording (status ${status}).`,
  brokeOff: 'The connection broke off while this recording was loading.',
  damaged: (mediaType: string | undefined) =>
    `This recording is damaged, or of a kind that this browser cannot play${bracketed(mediaType)}.`,
  unknownKind: (mediaType: string | undefined) =>
    `This browser cannot play this kind of recording${bracketed(mediaType)}.`,
  fromBeginningOnly:
    'The server sends this recording from its beginning only, so no other place in it can be gone to.',
}

function counted(recordings: number): string {
  return recordings === 1 ? 'the recording' : `${recordings} recordings`
}

function bracketed(mediaType: string | undefined): string {
  return mediaType === undefined ? '' : ` (${mediaType})`
}

export type PlayerTexts = typeof english
export const playerTexts = inLanguage('player', english)
