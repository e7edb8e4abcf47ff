import { Component, type ReactNode } from 'react'
import { uiTexts } from '../texts/en/ui.ts'
import { Button } from './Button.tsx'
import styles from './PartBoundary.module.css'

interface PartBoundaryProps {
  /** Such as "The player": one thing, with its article. */
  readonly what?: string | undefined
  readonly children: ReactNode
}

/** The rest of the page stays where a part of it fails. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <NotLoaded what={this.props.what} /> : this.props.children
  }
}

/** A reload, which keeps the address, brings back what is missing. */
export function NotLoaded({ what }: Pick<PartBoundaryProps, 'what'>) {
  const texts = uiTexts()
  return (
    <div role="alert" className={styles.failed}>
      {texts.notLoaded(what)}
      <Button onClick={() => location.reload()}>{texts.reload}</Button>
    </div>
  )
}
