import { type ReactNode, useLayoutEffect, useRef } from 'react'
import styles from './Modal.module.css'

interface ModalProps {
  readonly title: string
  readonly children: ReactNode
  /** Escape and the backdrop; absent: it stays until its own content ends it. */
  onClose?: () => void
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Modal({ title, children, onClose }: ModalProps) {
  const ref = useRef<HTMLDialogElement>(null)
  // Synchronises the dialog element's modal state, which has no attribute. A layout effect, as its end comes while the dialog
  // is still in the document: one that is out of it gives no focus back.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className={styles.modal}
      aria-label={title}
      // Pressed twice in a row, Escape closes a dialog without asking the page.
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onClose?.()
      }}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
    >
      <h2 className={styles.title}>{title}</h2>
      {children}
    </dialog>
  )
}
