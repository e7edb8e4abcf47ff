import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { presetOf, type Range } from '../time/presets.ts'
import { rangeText } from '../time/range-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './RangeField.module.css'

const RangePopover = lazy(async () => ({ default: (await import('./RangePopover.tsx')).RangePopover }))

interface RangeFieldProps {
  readonly label: string
  readonly range: Range
  readonly zone: string
  readonly note?: string
  onApply(range: Range): void
}

/** A button that says the applied range, and opens what edits it. */
export function RangeField({ label, range, zone, note, onApply }: RangeFieldProps) {
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const preset = presetOf(range, Date.now(), zone)
  return (
    <>
      <Button
        ref={anchor}
        data-command={label.toLowerCase()}
        className={styles.field}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span className="muted">{label}</span>
        <span className={styles.text}>{preset?.label ?? rangeText(range, zone)}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      {open && (
        <Suspense>
          <RangePopover
            anchor={anchor}
            label={label}
            range={range}
            zone={zone}
            note={note}
            onApply={(next) => {
              setOpen(false)
              onApply(next)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
