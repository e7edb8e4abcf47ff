/** What a key press asks of the player. */

export type KeyCommand =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'speed'; readonly step: 1 | -1 }
  | { readonly kind: 'choose'; readonly index: number }
  | { readonly kind: 'copy' }

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey'>

export function keyCommand({ key, shiftKey }: Press): KeyCommand | undefined {
  const stepSeconds = shiftKey ? 30 : 5
  if (key === 'ArrowLeft') return { kind: 'skip', seconds: -stepSeconds }
  if (key === 'ArrowRight') return { kind: 'skip', seconds: stepSeconds }
  // Some keyboards have brackets and digits only together with Shift, so for these Shift means nothing.
  if (key === '[') return { kind: 'speed', step: -1 }
  if (key === ']') return { kind: 'speed', step: 1 }
  if (/^[1-9]$/.test(key)) return { kind: 'choose', index: Number(key) - 1 }
  if (shiftKey) return undefined
  if (key === ' ') return { kind: 'toggle' }
  if (key.toLowerCase() === 'l') return { kind: 'copy' }
  return undefined
}

/** On the seek bar that has focus: as everywhere in the player, and up, down and by page as sliders do. */
export function seekBarCommand({ key, shiftKey }: Press): KeyCommand | undefined {
  if (key === 'PageUp') return { kind: 'skip', seconds: 30 }
  if (key === 'PageDown') return { kind: 'skip', seconds: -30 }
  const sideways = { ArrowUp: 'ArrowRight', ArrowDown: 'ArrowLeft' }[key]
  return keyCommand({ key: sideways ?? key, shiftKey })
}
