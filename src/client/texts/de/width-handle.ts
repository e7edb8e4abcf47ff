import { numberText } from '../amounts.ts'
import type { WidthHandleTexts } from '../en/width-handle.ts'

export const widthHandle: WidthHandleTexts = {
  of: (column) => `Breite von ${column}`,
  own: 'so breit wie ihr Text',
  ways: 'Ziehen oder Pfeiltasten; Doppelklick oder Eingabetaste: so breit wie der Text',
  pixels: (width) => `${numberText(width)} Pixel`,
}
