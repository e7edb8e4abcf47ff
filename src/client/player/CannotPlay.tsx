import { ExternalLink, RotateCcw, TriangleAlert } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import styles from './CannotPlay.module.css'
import type { RecordingAddress } from './recording-address.ts'

interface CannotPlayProps {
  /** Why, in words; undefined where the address alone tells. */
  readonly why: string | undefined
  readonly address: RecordingAddress | undefined
  onRetry(): void
}

/** Stands in place of the seek bar. */
export function CannotPlay({ why, address, onRetry }: CannotPlayProps) {
  return (
    <div className={styles.cannot} role="alert">
      <TriangleAlert className={styles.sign} size={16} aria-hidden />
      <span className={styles.words}>
        {why ?? wordsFor(address)}
        {address?.kind === 'elsewhere' && (
          <a href={address.href} target="_blank" rel="noreferrer" className={styles.link}>
            Open it there <ExternalLink size={13} aria-label="(new tab)" />
          </a>
        )}
      </span>
      {why !== undefined && (
        <Button onClick={onRetry}>
          <RotateCcw size={14} aria-hidden />
          Retry
        </Button>
      )}
    </div>
  )
}

function wordsFor(address: RecordingAddress | undefined): string {
  switch (address?.kind) {
    case 'none':
      return 'This recording has no address.'
    case 'elsewhere':
      return `This recording is kept at ${address.host}, not here.`
    case 'unusable':
      return 'The address of this recording is not one that a browser can open.'
    default:
      return 'This engagement has no such recording.'
  }
}
