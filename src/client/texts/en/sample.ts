/** What stands in the place of the pager while a sample is shown. */
import { inLanguage } from '../in-language.ts'

const english = {
  sample: 'Sample',
  aboutSample: 'A random sample: its link shows the same engagements to everybody',
  nextSample: 'Next sample',
  leave: 'Leave the sample',
}

export type SampleTexts = typeof english
export const sampleTexts = inLanguage('sample', english)
