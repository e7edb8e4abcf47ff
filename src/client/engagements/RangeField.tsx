import { ChevronDown } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { presets } from '../time/presets.ts'
import { instantsText, rangeText } from '../time/range-text.ts'
import { Button } from '../ui/Button.tsx'
import styles from './RangeField.module.css'
import { type RangeFieldProps, rangeLabels } from './range-props.ts'

const RangePopover = lazy(async () => ({ default: (await import('./RangePopover.tsx')).RangePopover }))

/** A button that says the applied range, and opens what edits it. */
export function RangeField({ onApply, ...props }: RangeFieldProps) {
  const { which, ranges, rolling, zone } = props
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const range = ranges[which]
  const any = range.from === undefined && range.to === undefined
  const preset = presets.find(({ name }) => name === (any ? 'any' : rolling))
  return (
    <>
      <Button
        ref={anchor}
        data-command={which}
        className={styles.field}
        aria-haspopup="dialog"
        aria-expanded={open}
        title={any ? undefined : instantsText(range, zone)}
        onClick={() => setOpen(!open)}
      >
        <span className="muted">{rangeLabels[which]}</span>
        <span className={styles.text}>{preset?.label ?? rangeText(range, zone)}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      {open && (
        <Suspense>
          <RangePopover
            {...props}
            anchor={anchor}
            onApply={(choice) => {
              setOpen(false)
              onApply(choice)
            }}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  )
}
