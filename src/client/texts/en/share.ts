/** The sheet that makes a link: what it carries, and what its receiver will see. */
import { numberText, plural } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  share: 'Share',
  rows: {
    legend: 'Engagements',
    exact: 'Exact',
    exactAt: (moment: string) =>
      `The engagements that had arrived by ${moment}, as you see them. Later ones are left out, and their number is told.`,
    exactUnknown:
      'The dates stay as they are; engagements that arrive later are seen too, as the moment is not known here.',
    rolling: 'Rolling',
    rollingSays: 'Whatever matches when the link is opened.',
  },
  emails: {
    legend: 'Users',
    withThem: 'With emails',
    names: (emails: readonly string[]) => `The link names ${emails.join(', ')}.`,
    withoutThem: 'Without emails',
    namesNobody: 'The link names nobody, so the receiver sees the engagements of all users.',
  },
  zone: {
    legend: 'Time zone',
    sendersSays: 'Times and days as you see them.',
    receivers: 'The receiver’s own',
    receiversSays: 'The same moments by their own clock; a range may begin within a day.',
  },
  opened: {
    legend: 'What is open',
    withIt: 'With the open engagement',
    foundOpen: 'The receiver finds it open.',
    foundInPlayer: (at: string | undefined) =>
      `The receiver finds it open, and its recording${at === undefined ? '' : ` at ${at}`} in the player.`,
    listAlone: 'The list alone',
    nothingOpen: 'The receiver finds nothing open.',
  },
  sees: (count: number, kind: 'exact' | 'rolling') =>
    `The receiver sees ${numberText(count)} ${plural(count, { one: 'engagement', other: 'engagements' })}${kind === 'rolling' ? ' if nothing changes' : ''}.`,
  notCounted: (why: string) =>
    `They could not be counted, so the link does not say how many there were. ${why}`,
  counting: 'Counting what the receiver sees …',
  countAgain: 'Count again',
  link: 'Link',
  characters: (count: number) => `${numberText(count)} characters`,
  tooLong: (count: number) => `${numberText(count)} characters: so long that some programs cut it`,
  copy: { idle: 'Copy', copied: 'Copied', failed: 'Not allowed: copy it from the field' },
  close: 'Close',
}

export type ShareTexts = typeof english
export const shareTexts = inLanguage('share', english)
