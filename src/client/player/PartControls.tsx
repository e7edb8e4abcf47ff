import { Repeat, X } from 'lucide-react'
import { playerTexts } from '../texts/en/player.ts'
import { clockText } from '../time/amounts.ts'
import { Button } from '../ui/Button.tsx'
import styles from './PartControls.module.css'
import { passFocus } from './pass-focus.ts'
import type { Marks } from './sync/transport-view.ts'

interface PartControlsProps {
  readonly marks: Marks
  onMark(mark: 'a' | 'b'): void
  onClear(): void
}

/** A and B: the part between them plays again and again, and goes into links. */
export function PartControls({ marks, onMark, onClear }: PartControlsProps) {
  const texts = playerTexts()
  const marked = marks.a !== undefined || marks.b !== undefined
  return (
    <fieldset className={styles.part} aria-label={texts.part}>
      <Repeat size={14} className={styles.sign} aria-hidden />
      <MarkButton mark="a" at={marks.a} onMark={onMark} />
      <MarkButton mark="b" at={marks.b} onMark={onMark} />
      {marked && (
        <Button
          look="ghost"
          icon
          aria-label={texts.clearMarks}
          onClick={(event) => {
            passFocus(event)
            onClear()
          }}
        >
          <X size={14} aria-hidden />
        </Button>
      )}
    </fieldset>
  )
}

interface MarkButtonProps {
  readonly mark: 'a' | 'b'
  readonly at: number | undefined
  onMark(mark: 'a' | 'b'): void
}

function MarkButton({ mark, at, onMark }: MarkButtonProps) {
  const texts = playerTexts()
  const name = mark.toUpperCase()
  return (
    <Button className={`${styles.mark} num`} title={texts.markHint(name, mark)} onClick={() => onMark(mark)}>
      {name}
      {at !== undefined && <span>{clockText(at)}</span>}
      <span className="visually-hidden">{at === undefined ? texts.markIt : texts.markItInstead}</span>
    </Button>
  )
}
