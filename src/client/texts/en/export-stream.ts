/** Why an export broke off. */
import { inLanguage } from '../in-language.ts'

const english = {
  brokeOff: 'The connection to the server broke off.',
  endedEarly: 'The file ended before its end.',
}

export type ExportStreamTexts = typeof english
export const exportStreamTexts = inLanguage('exportStream', english)
