import { type RefObject, useEffect } from 'react'

/**
 * Where what had the focus is taken out of the page, as a filter's button is with its filter, the part it stood in gets the
 * focus (one with `data-keeps-focus`, or else the page): whoever goes by keyboard does not begin at the top again. Dialogs
 * give back the focus themselves.
 * @param page can be focused by a script (`tabIndex={-1}`), as the parts can
 */
export function useKeepFocus(page: RefObject<HTMLElement | null>): void {
  // Synchronises with the document's focus: what browsers tell of its loss by removal is no different from a click beside it.
  useEffect(() => {
    let last: Element | undefined
    let part: HTMLElement | null | undefined
    const come = ({ target }: FocusEvent) => {
      last = target instanceof Element && !target.closest('dialog, [role="dialog"]') ? target : undefined
      part = last?.closest<HTMLElement>('[data-keeps-focus]')
    }
    const observer = new MutationObserver(() => {
      if (last === undefined || last.isConnected) return
      last = undefined
      const keeper = part?.isConnected ? part : page.current
      if (document.activeElement === document.body) keeper?.focus({ preventScroll: true })
    })
    document.addEventListener('focusin', come)
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      document.removeEventListener('focusin', come)
      observer.disconnect()
    }
  }, [page])
}
