import { type RefObject, useEffectEvent, useLayoutEffect } from 'react'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { isCommand, isPaletteKey } from '../ui/keys.ts'

interface PageKeys {
  readonly page: PageQuery
  readonly hasMore: boolean
  turnTo(offset: number): void
  showKeys(): void
  showPalette(): void
}

/** `/` first filter, `j` `k` rows, `x` selects one, `n` `p` pages, `?` all keys, Ctrl or Cmd + K all actions. @returns what does as a key does */
export function usePageKeys(
  main: RefObject<HTMLElement | null>,
  { page, hasMore, turnTo, showKeys, showPalette }: PageKeys,
): (key: string) => void {
  const commandOf = (key: string): (() => void) | undefined => {
    const commands: Readonly<Record<string, () => void>> = {
      '/': () => main.current?.querySelector<HTMLElement>('[data-first-filter]')?.focus(),
      j: () => focusRow(main.current, 1),
      k: () => focusRow(main.current, -1),
      x: () => selectRow(),
      n: () => hasMore && turnTo(page.offset + page.limit),
      p: () => page.offset > 0 && turnTo(page.offset - page.limit),
      '?': showKeys,
    }
    return Object.hasOwn(commands, key) ? commands[key] : undefined
  }
  const act = useEffectEvent((event: KeyboardEvent) => {
    // With Caps Lock on, a letter comes as a capital without Shift, and as a small one with it.
    const key = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()
    const command = isPaletteKey(event) ? showPalette : isCommand(event) ? commandOf(key) : undefined
    if (!command) return
    event.preventDefault()
    command()
  })
  // Synchronises with the document's key presses, from when the page can be seen.
  useLayoutEffect(() => {
    document.addEventListener('keydown', act)
    return () => document.removeEventListener('keydown', act)
  }, [])
  return (key) => commandOf(key)?.()
}

function focusRow(main: HTMLElement | null, step: 1 | -1): void {
  const expanders = [...(main?.querySelectorAll<HTMLElement>('[data-row-expander]') ?? [])]
  const at = expanders.findIndex((expander) => expander.closest('tr')?.contains(document.activeElement))
  const next = at < 0 ? (step === 1 ? 0 : expanders.length - 1) : at + step
  expanders[next]?.focus()
}

/** The row that has the focus, as its checkbox would. */
function selectRow(): void {
  const row = document.activeElement?.closest('tr')
  row?.querySelector<HTMLElement>('[data-row-select]')?.click()
}
