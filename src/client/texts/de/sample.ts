import type { SampleTexts } from '../en/sample.ts'

export const sample: SampleTexts = {
  sample: 'Stichprobe',
  aboutSample: 'Eine zufällige Stichprobe: Ihr Link zeigt allen dieselben Gespräche',
  nextSample: 'Nächste Stichprobe',
  leave: 'Stichprobe verlassen',
}
