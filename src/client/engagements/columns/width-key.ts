/** What a key does to the width of a column whose handle has the focus. */
import { narrowestPx, widestPx } from './column-choice.ts'

const stepPx = 10
const strideFactor = 5

/** @returns the next width, 'auto' for as wide as its text, or undefined where the key is not the handle's */
export function widthAfterKey(
  widthPx: number,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
): number | 'auto' | undefined {
  const step = shiftKey ? stepPx * strideFactor : stepPx
  switch (key) {
    case 'ArrowLeft':
      return withinWidths(widthPx - step)
    case 'ArrowRight':
      return withinWidths(widthPx + step)
    case 'Home':
      return narrowestPx
    case 'End':
      return widestPx
    case 'Enter':
      return 'auto'
    default:
      return undefined
  }
}

export function withinWidths(widthPx: number): number {
  return Math.min(widestPx, Math.max(narrowestPx, Math.round(widthPx)))
}
