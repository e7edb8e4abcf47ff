import { plural } from '../amounts.ts'
import type { HeardTexts } from '../en/heard.ts'

const forms = {
  second: { one: 'Sekunde', other: 'Sekunden' },
  minute: { one: 'Minute', other: 'Minuten' },
}

export const heard: HeardTexts = {
  heardAll: (length, unit) => {
    const word = plural(length, forms[unit])
    return plural(length, { one: `die ganze ${word} angehört`, other: `alle ${length} ${word} angehört` })
  },
  heardPart: (part, length, unit) => `${part} von ${length} ${plural(length, forms[unit])} angehört`,
  heardLessThanOne: (length, unit) => `weniger als 1 von ${length} ${plural(length, forms[unit])} angehört`,
}
