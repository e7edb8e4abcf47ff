import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { uiTexts } from '../texts/en/ui.ts'
import { Button } from './Button.tsx'
import styles from './Notice.module.css'

interface NoticeProps {
  readonly tone: 'info' | 'bad'
  readonly children: ReactNode
  /** Shown as a button that takes the notice away. */
  onDismiss?: () => void
}

export function Notice({ tone, children, onDismiss }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className={styles.body}>{children}</div>
      {onDismiss && (
        <Button look="ghost" icon aria-label={uiTexts().dismissNotice} onClick={onDismiss}>
          <X size={15} aria-hidden />
        </Button>
      )}
    </div>
  )
}
