import { type RefObject, useEffect } from 'react'

/**
 * Where what had the focus is taken out of the page, as a filter's button is with its filter, the part it stood in gets the
 * focus: whoever goes by keyboard does not begin at the top again.
 * @param part can be focused by a script (`tabIndex={-1}`)
 */
export function useKeepFocus(part: RefObject<HTMLElement | null>): void {
  // Synchronises with the document's focus: what browsers tell of its loss by removal is no different from a click beside it.
  useEffect(() => {
    const root = part.current
    if (root === null) return
    let last: Element | undefined
    const come = ({ target }: FocusEvent) => {
      last = target instanceof Element ? target : undefined
    }
    const observer = new MutationObserver(() => {
      if (last === undefined || last.isConnected) return
      last = undefined
      if (document.activeElement === document.body) root.focus({ preventScroll: true })
    })
    root.addEventListener('focusin', come)
    observer.observe(root, { childList: true, subtree: true })
    return () => {
      root.removeEventListener('focusin', come)
      observer.disconnect()
    }
  }, [part])
}
