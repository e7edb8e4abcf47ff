/** How much of a call was heard: told on its row, before the player is there. */
import { plural } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

type Unit = 'second' | 'minute'

const forms = {
  second: { one: 'second', other: 'seconds' },
  minute: { one: 'minute', other: 'minutes' },
}

const english = {
  heardAll: (length: number, unit: Unit) => `heard all ${length} ${plural(length, forms[unit])}`,
  heardPart: (heard: number, length: number, unit: Unit) =>
    `heard ${heard} of ${length} ${plural(length, forms[unit])}`,
  heardLessThanOne: (length: number, unit: Unit) =>
    `heard less than 1 of ${length} ${plural(length, forms[unit])}`,
}

export type HeardTexts = typeof english
export const heardTexts = inLanguage('heard', english)
