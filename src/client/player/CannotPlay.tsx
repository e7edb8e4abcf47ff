import { Download, ExternalLink, RotateCcw, TriangleAlert } from 'lucide-react'
import type { MouseEvent } from 'react'
import { playerTexts } from '../texts/en/player.ts'
import { Button } from '../ui/Button.tsx'
import styles from './CannotPlay.module.css'
import type { Failure } from './failure.ts'
import { passFocus } from './pass-focus.ts'
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
  const texts = playerTexts()
  const act = (event: MouseEvent) => {
    passFocus(event)
    if (failure?.wayOn === 'load-whole') onLoadWhole()
    else onRetry()
  }
  return (
    <div className={styles.cannot} role="alert">
      <TriangleAlert className={styles.sign} size={16} aria-hidden />
      <span className={styles.words}>
        {failure?.words ?? wordsFor(address)}
        {address.kind === 'elsewhere' && (
          <a href={address.href} target="_blank" rel="noreferrer" className={styles.link}>
            {texts.openThere} <ExternalLink size={13} aria-label={texts.newTab} />
          </a>
        )}
      </span>
      {failure?.wayOn === 'load-whole' && (
        <Button aria-label={texts.loadSubjectWhole(subject)} onClick={act}>
          <Download size={14} aria-hidden />
          {texts.loadWhole}
        </Button>
      )}
      {(failure?.wayOn === 'retry' || failure?.wayOn === 'sign-in') && (
        <Button aria-label={texts.retrySubject(subject)} onClick={act}>
          <RotateCcw size={14} aria-hidden />
          {texts.retry}
        </Button>
      )}
    </div>
  )
}

function wordsFor(address: RecordingAddress): string {
  const texts = playerTexts()
  switch (address.kind) {
    case 'none':
      return texts.noAddress
    case 'elsewhere':
      return texts.keptAt(address.host)
    default:
      return texts.unusableAddress
  }
}
