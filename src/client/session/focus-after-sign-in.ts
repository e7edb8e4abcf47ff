/** The form that had the focus goes when somebody has signed in: the page that comes in its place takes it over. */
import { type RefObject, useEffect } from 'react'

let signedIn = false

export function noteSignIn(): void {
  signedIn = true
}

/** Not on a plain visit, where the browser begins at the top. */
export function useFocusAfterSignIn(page: RefObject<HTMLElement | null>): void {
  // Synchronises with the document's focus.
  useEffect(() => {
    if (signedIn && document.activeElement === document.body) page.current?.focus({ preventScroll: true })
    signedIn = false
  }, [page])
}
