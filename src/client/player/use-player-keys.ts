import { useEffect, useEffectEvent, useLayoutEffect } from 'react'
import { isCommand } from '../ui/keys.ts'
import { type KeyCommand, keyCommand } from './key-command.ts'
import { offerCommands } from './offered-commands.ts'

/** What Space presses. */
const pressable =
  'button, summary, [role="button"], [role="switch"], [role="checkbox"], input[type="checkbox"]'
/** Where arrows, digits and letters already mean something. */
const keyDriven =
  '[role="menu"], [role="menubar"], [role="listbox"], [role="radiogroup"], [role="tablist"], [role="slider"], [role="tree"], [role="grid"], [role="toolbar"]'

/** @param obey does what is asked; false leaves the key press to others */
export function usePlayerKeys(obey: (command: KeyCommand) => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const command = isCommand(event) ? keyCommand(event) : undefined
    if (command === undefined) return
    const target = event.target instanceof Element ? event.target : document.body
    if (target.closest(keyDriven)) return
    if (command.kind === 'toggle' && target.closest(pressable)) return
    if (command.kind === 'skip' && target !== document.body && target.scrollWidth > target.clientWidth + 1)
      return
    // A key held down moves on and on, but it must not play and pause in turns.
    if (event.repeat && command.kind !== 'skip') event.preventDefault()
    else if (obey(command)) event.preventDefault()
  })

  const ask = useEffectEvent(obey)
  // Tells what else can ask by name that this player is there.
  useEffect(() => offerCommands((command) => ask(command)), [])

  // Listens to the document: the player's keys work wherever the focus is, from when it can be seen.
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}
