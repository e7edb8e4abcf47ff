import { ChevronDown } from 'lucide-react'
import { useRef, useState } from 'react'
import { filtersTexts } from '../texts/en/filters.ts'
import { timesTexts } from '../texts/en/times.ts'
import { instantsText, rangeText } from '../time/range-text.ts'
import { Button } from '../ui/Button.tsx'
import { loadedPart } from '../ui/loaded-part.tsx'
import styles from './RangeField.module.css'
import type { RangeFieldProps } from './range-props.ts'

const RangePopover = loadedPart(async () => (await import('./RangePopover.tsx')).RangePopover)

/** A button that says the applied range, and opens what edits it. */
export function RangeField({ onApply, ...props }: RangeFieldProps) {
  const { which, ranges, rolling, zone } = props
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const range = ranges[which]
  const any = range.from === undefined && range.to === undefined
  const { presets } = timesTexts()
  const preset = any ? presets.any : rolling && presets[rolling]
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
        <span className="muted">{filtersTexts().ranges[which]}</span>
        <span className={styles.text}>{preset ?? rangeText(range, zone)}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
      {open && (
        <RangePopover
          {...props}
          anchor={anchor}
          onApply={(choice) => {
            setOpen(false)
            onApply(choice)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
