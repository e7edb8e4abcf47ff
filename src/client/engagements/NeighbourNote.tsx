import { X } from 'lucide-react'
import { neighbourTexts } from '../texts/en/neighbours.ts'
import { Button } from '../ui/Button.tsx'
import styles from './NeighbourNote.module.css'

interface NeighbourNoteProps {
  readonly text: string | undefined
  onDismiss(): void
}

/** Above the dock: why the way to the next or previous engagement leads nowhere, or that it is being looked for. */
export function NeighbourNote({ text, onDismiss }: NeighbourNoteProps) {
  return (
    <div className={text === undefined ? 'visually-hidden' : styles.note}>
      <p role="status">{text}</p>
      {text !== undefined && (
        <Button look="ghost" icon aria-label={neighbourTexts().dismiss} onClick={onDismiss}>
          <X size={15} aria-hidden />
        </Button>
      )}
    </div>
  )
}
