/** Which buckets are chosen, by keys: a first one, and one that the arrows move. */

export interface Brush {
  readonly anchor: number
  /** The one that the keys move. */
  readonly head: number
}

export type KeyEffect =
  | { readonly kind: 'choose'; readonly brush: Brush }
  | { readonly kind: 'apply' }
  | { readonly kind: 'cancel' }
  /** Not ours: the key keeps its meaning. */
  | { readonly kind: 'none' }

const pageBuckets = 10

/** Arrows, Page Up and Down, Home and End go; with Shift they take in what lies between. Enter applies, Escape lets go. */
export function brushKey(
  brush: Brush | undefined,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  count: number,
): KeyEffect {
  if (key === 'Enter') return brush === undefined ? { kind: 'none' } : { kind: 'apply' }
  if (key === 'Escape') return brush === undefined ? { kind: 'none' } : { kind: 'cancel' }
  const target = targetOf(brush, key, count)
  if (target === undefined || count === 0) return { kind: 'none' }
  const head = Math.min(count - 1, Math.max(0, target))
  return { kind: 'choose', brush: { anchor: shiftKey && brush !== undefined ? brush.anchor : head, head } }
}

function targetOf(brush: Brush | undefined, key: string, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return brush === undefined ? 0 : brush.head + 1
    case 'ArrowLeft':
      return brush === undefined ? count - 1 : brush.head - 1
    case 'PageDown':
      return (brush?.head ?? 0) + pageBuckets
    case 'PageUp':
      return (brush?.head ?? count - 1) - pageBuckets
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}

/** The first and the last one chosen. */
export function brushed({ anchor, head }: Brush): { readonly first: number; readonly last: number } {
  return { first: Math.min(anchor, head), last: Math.max(anchor, head) }
}

/** The bucket at a place, in pixels from the left of all of them; outside, the nearest. */
export function bucketAt(x: number, width: number, count: number): number {
  if (width <= 0) return 0
  return Math.min(count - 1, Math.max(0, Math.floor((x / width) * count)))
}
