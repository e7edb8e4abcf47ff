import { Check, ClipboardList, Copy } from 'lucide-react'
import { playerTexts } from '../texts/en/player.ts'
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

export function ShareMoment({ moment, linked, handedOver, onCopyLink, onCopyHandOver }: ShareMomentProps) {
  const texts = playerTexts()
  const linkLabels = { idle: texts.copyMoment, copied: texts.momentCopied, failed: texts.notCopied }
  const handOverLabels = { idle: '', copied: texts.handOverCopied, failed: texts.notCopied }
  const LinkIcon = linked === 'copied' ? Check : Copy
  const TextIcon = handedOver === 'copied' ? Check : ClipboardList
  return (
    <>
      <Button
        icon
        aria-label={texts.copyHandOverOf(moment)}
        title={texts.copyHandOver}
        onClick={onCopyHandOver}
      >
        <TextIcon size={15} aria-hidden />
      </Button>
      <Button
        look="primary"
        className={styles.copy}
        aria-label={texts.copyMomentOf(moment)}
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
