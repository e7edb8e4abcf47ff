/** Sizing a column by the handle in its header. */
import { numberText } from '../amounts.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  of: (column: string) => `Width of ${column}`,
  own: 'as wide as its text',
  ways: 'Drag, or use the arrow keys; double click or Enter: as wide as its text',
  pixels: (width: number) => `${numberText(width)} pixels`,
}

export type WidthHandleTexts = typeof english
export const widthHandleTexts = inLanguage('widthHandle', english)
