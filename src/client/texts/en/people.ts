/** Who took part, by part. */
import { inLanguage } from '../in-language.ts'

const english = {
  parts: { CREATOR: 'Customer · creator', MEMBER: 'Associate · member' },
  partUnknown: 'Part unknown',
  unknown: 'unknown',
}

export type PeopleTexts = typeof english
export const peopleTexts = inLanguage('people', english)
