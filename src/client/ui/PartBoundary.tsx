import { Component, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import styles from './PartBoundary.module.css'

interface PartBoundaryProps {
  /** Such as "The player". */
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
    return (
      <div role="alert" className={styles.failed}>
        {this.props.what} could not be loaded.
        <Button onClick={() => location.reload()}>Reload the page</Button>
      </div>
    )
  }
}
