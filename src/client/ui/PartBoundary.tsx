import { Component, type ReactNode } from 'react'
import { uiTexts } from '../texts/en/ui.ts'
import { Button } from './Button.tsx'
import styles from './PartBoundary.module.css'

interface PartBoundaryProps {
  /** Such as "The player": one thing, with its article. */
  readonly what: string
  readonly children: ReactNode
}

/**
 * Around a part that is loaded when it is first asked for. Where that fails (no network, or a newer version on the server
 * whose parts have other names) the rest of the page stays, and a reload, which keeps the address, brings it back.
 */
export class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const texts = uiTexts()
    return (
      <div role="alert" className={styles.failed}>
        {texts.notLoaded(this.props.what)}
        <Button onClick={() => location.reload()}>{texts.reload}</Button>
      </div>
    )
  }
}
