/** Single-key commands: off for those whom they hinder (WCAG 2.1.4), and never while something is being typed. */

const keysSwitch = 'hindsight.keys'

export function keysAreOn(): boolean {
  return readDevice(keysSwitch) !== 'off'
}

export function switchKeys(on: boolean): void {
  writeDevice(keysSwitch, on ? undefined : 'off')
}

/** Ctrl or Cmd + K, wherever the focus is, but for an open dialog. */
export function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const asked = (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k'
  return asked && !document.querySelector(openDialog)
}

const openDialog = 'dialog[open], [role="dialog"]'

/** Whether a key press is a command, not text, not a shortcut of the browser, and not meant for an open dialog. */
export function isCommand(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysAreOn()) return false
  if (document.querySelector(openDialog)) return false
  const target = event.target instanceof Element ? event.target : undefined
  return !target?.closest('input:not([type="checkbox"]), select, textarea, [contenteditable]')
}

/** What this device remembers; nothing where the browser keeps nothing. */
export function readDevice(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

export function writeDevice(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Private windows may refuse to keep anything; then it is forgotten.
  }
}
