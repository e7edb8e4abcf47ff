/** All keys, and what each does. */
import { inLanguage } from '../in-language.ts'

interface KeyGroup {
  readonly title: string
  /** What to press, and what it does. */
  readonly keys: readonly (readonly [keys: string, meaning: string])[]
}

const groups: readonly KeyGroup[] = [
  {
    title: 'List',
    keys: [
      ['/', 'People filter'],
      ['j / k', 'Next / previous row'],
      ['x', 'Select the row'],
      ['Enter', 'Open or close the row'],
      ['n / p', 'Next / previous page'],
      ['Ctrl / Cmd K', 'Every action by its name'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'Player',
    keys: [
      ['Space', 'Play or pause'],
      ['← / →', '5 seconds back / on'],
      ['Shift ← / →', '30 seconds back / on'],
      ['[ / ]', 'Slower / faster'],
      ['1 – 9', 'Choose a recording'],
      ['m / s', 'Mute / solo the chosen recording'],
      ['a / b', 'Mark A / B, loop between them'],
      ['g', 'Go to a clock time'],
      ['l', 'Copy a link to this moment'],
      ['Shift N / P', 'Next / previous engagement'],
    ],
  },
]

const english = {
  keys: 'Keys',
  groups,
  singleKeys: 'Single keys work when no field has focus',
  close: 'Close',
}

export type KeySheetTexts = typeof english
export const keySheetTexts = inLanguage('keySheet', english)
