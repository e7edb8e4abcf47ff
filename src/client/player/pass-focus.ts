import type { MouseEvent } from 'react'

/** To the first button of its group: the one that was pressed goes away, and would leave the focus nowhere. */
export function passFocus({ currentTarget }: MouseEvent): void {
  currentTarget.closest('fieldset, li')?.querySelector('button')?.focus()
}
