import { X } from 'lucide-react'
import styles from './Chip.module.css'

interface ChipProps {
  readonly children: string
  /** More exactly, for whoever points at it. */
  readonly detail?: string | undefined
  /** What the button says, such as "Remove ana@x.example". */
  readonly removeLabel: string
  onRemove(): void
}

export function Chip({ children, detail, removeLabel, onRemove }: ChipProps) {
  return (
    <span className={styles.chip} title={detail}>
      <bdi className={styles.text}>{children}</bdi>
      <button type="button" className={styles.remove} aria-label={removeLabel} onClick={onRemove}>
        <X size={13} aria-hidden />
      </button>
    </span>
  )
}
