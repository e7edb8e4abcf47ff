/** What a key press asks of the player. */

export type KeyCommand =
  | { readonly kind: 'toggle' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'speed'; readonly step: 1 | -1 }
  | { readonly kind: 'choose'; readonly index: number }
  | { readonly kind: 'copy' }
  /** Begins or ends the part that is played again and again. */
  | { readonly kind: 'mark'; readonly mark: 'a' | 'b' }
  /** Asks for a clock time to go to. */
  | { readonly kind: 'goto' }
  /** Of the chosen lane. */
  | { readonly kind: 'mute' }
  | { readonly kind: 'solo' }
  /** Another engagement comes into the player. */
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey'>

const plainKeys: Readonly<Record<string, KeyCommand>> = {
  ' ': { kind: 'toggle' },
  a: { kind: 'mark', mark: 'a' },
  b: { kind: 'mark', mark: 'b' },
  g: { kind: 'goto' },
  l: { kind: 'copy' },
  m: { kind: 'mute' },
  s: { kind: 'solo' },
}
// Without Shift these are the list's pages.
const shiftKeys: Readonly<Record<string, KeyCommand>> = { n: { kind: 'next' }, p: { kind: 'previous' } }

export function keyCommand({ key, shiftKey }: Press): KeyCommand | undefined {
  const stepSeconds = shiftKey ? 30 : 5
  if (key === 'ArrowLeft') return { kind: 'skip', seconds: -stepSeconds }
  if (key === 'ArrowRight') return { kind: 'skip', seconds: stepSeconds }
  // Some keyboards have brackets and digits only together with Shift, so for these Shift means nothing.
  if (key === '[') return { kind: 'speed', step: -1 }
  if (key === ']') return { kind: 'speed', step: 1 }
  if (/^[1-9]$/.test(key)) return { kind: 'choose', index: Number(key) - 1 }
  // With Caps Lock on, a letter comes as a capital without Shift, and as a small one with it.
  const letter = key.toLowerCase()
  const keys = shiftKey ? shiftKeys : plainKeys
  return Object.hasOwn(keys, letter) ? keys[letter] : undefined
}

/** On the seek bar that has focus: as everywhere in the player, and up, down and by page as sliders do. */
export function seekBarCommand({ key, shiftKey }: Press): KeyCommand | undefined {
  if (key === 'PageUp') return { kind: 'skip', seconds: 30 }
  if (key === 'PageDown') return { kind: 'skip', seconds: -30 }
  const sideways = { ArrowUp: 'ArrowRight', ArrowDown: 'ArrowLeft' }[key]
  return keyCommand({ key: sideways ?? key, shiftKey })
}
