import { Download, ExternalLink, RotateCcw, TriangleAlert } from 'lucide-react'
import { Button } from '../ui/Button.tsx'
import styles from './CannotPlay.module.css'
import type { Failure } from './failure.ts'
import type { RecordingAddress } from './recording-address.ts'

interface CannotPlayProps {
  /** Such as "recording 1, zoe.w". */
  readonly subject: string
  readonly address: RecordingAddress
  /** Undefined where the address alone tells why. */
  readonly failure: Failure | undefined
  onRetry(): void
  onLoadWhole(): void
}

/** Stands in place of the lane's waveform. */
export function CannotPlay({ subject, address, failure, onRetry, onLoadWhole }: CannotPlayProps) {
  return (
    <div className={styles.cannot} role="alert">
      <TriangleAlert className={styles.sign} size={16} aria-hidden />
      <span className={styles.words}>
        {failure?.words ?? wordsFor(address)}
        {address.kind === 'elsewhere' && (
          <a href={address.href} target="_blank" rel="noreferrer" className={styles.link}>
            Open it there <ExternalLink size={13} aria-label="(new tab)" />
          </a>
        )}
      </span>
      {failure?.wayOn === 'load-whole' && (
        <Button aria-label={`Load ${subject} whole`} onClick={onLoadWhole}>
          <Download size={14} aria-hidden />
          Load it whole
        </Button>
      )}
      {failure?.wayOn === 'retry' && (
        <Button aria-label={`Retry ${subject}`} onClick={onRetry}>
          <RotateCcw size={14} aria-hidden />
          Retry
        </Button>
      )}
    </div>
  )
}

function wordsFor(address: RecordingAddress): string {
  switch (address.kind) {
    case 'none':
      return 'This recording has no address.'
    case 'elsewhere':
      return `This recording is kept at ${address.host}, not here.`
    default:
      return 'The address of this recording is not one that a browser can open.'
  }
}
