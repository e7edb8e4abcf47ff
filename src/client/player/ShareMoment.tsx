import { Check, ClipboardList, Copy } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import type { CopyState } from '../ui/use-copy.ts'
import styles from './PlayerDock.module.css'

interface ShareMomentProps {
  /** Such as "14:19:11" or "02:31". */
  readonly moment: string
  readonly linked: CopyState
  readonly handedOver: CopyState
  onCopyLink(): void
  onCopyHandOver(): void
}

const linkLabels = { idle: 'Copy moment', copied: 'Moment copied', failed: 'Could not copy' }
const handOverLabels = { idle: '', copied: 'Hand-over text copied', failed: 'Could not copy' }

export function ShareMoment({ moment, linked, handedOver, onCopyLink, onCopyHandOver }: ShareMomentProps) {
  const LinkIcon = linked === 'copied' ? Check : Copy
  const TextIcon = handedOver === 'copied' ? Check : ClipboardList
  return (
    <>
      <Button
        icon
        aria-label={`Copy a hand-over text for ${moment}`}
        title="Copy a hand-over text: when, who, and a link"
        onClick={onCopyHandOver}
      >
        <TextIcon size={15} aria-hidden />
      </Button>
      <Button
        look="primary"
        className={styles.copy}
        aria-label={`Copy moment ${moment}`}
        onClick={onCopyLink}
      >
        <LinkIcon size={15} aria-hidden />
        <span className={styles.copyText}>{linkLabels[linked]}</span>
      </Button>
      <span className="visually-hidden" role="status">
        {linked === 'idle' ? handOverLabels[handedOver] : linkLabels[linked]}
      </span>
    </>
  )
}
