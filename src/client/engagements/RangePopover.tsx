import { Popover } from '@base-ui/react/popover'
import type { RefObject } from 'react'
import { useForm } from 'react-hook-form'
import { presetRange, presets, type Range } from '../time/presets.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/TextField.tsx'
import styles from './RangePopover.module.css'
import { fromRangeForm, type RangeForm, toRangeForm } from './range-form.ts'

interface RangePopoverProps {
  readonly anchor: RefObject<HTMLButtonElement | null>
  readonly label: string
  readonly range: Range
  readonly zone: string
  readonly note: string | undefined
  onApply(range: Range): void
  onClose(): void
}

export function RangePopover({ anchor, label, range, zone, note, onApply, onClose }: RangePopoverProps) {
  const { register, handleSubmit, setError, formState } = useForm<RangeForm>({
    // Not seeded once: Back while it is open changes the range, and the draft follows.
    values: toRangeForm(range, zone),
  })
  const { errors } = formState
  const submit = handleSubmit((form) => {
    const reading = fromRangeForm(form, zone, range)
    if ('range' in reading) onApply(reading.range)
    else setError(reading.field, { message: reading.message }, { shouldFocus: true })
  })
  return (
    <Popover.Root
      open
      onOpenChange={(open, { event }) => {
        // A press on the button is the button's own to answer.
        if (!open && !(event.target instanceof Node && anchor.current?.contains(event.target))) onClose()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={6} align="start" className={styles.positioner}>
          <Popover.Popup className={styles.popup} finalFocus={anchor} aria-label={`${label}: range`}>
            <ul className={styles.presets} aria-label={`${label}: presets`}>
              {presets.map(({ name, label: preset }) => (
                <li key={name}>
                  <Button
                    look="ghost"
                    className={styles.preset}
                    onClick={() => onApply(presetRange(name, Date.now(), zone))}
                  >
                    {preset}
                  </Button>
                </li>
              ))}
            </ul>
            <form className={styles.form} noValidate onSubmit={submit}>
              <fieldset className={styles.edge}>
                <legend>From</legend>
                <TextField label="Day" type="date" error={errors.fromDay?.message} {...register('fromDay')} />
                <TextField label="Time" type="time" step={1} {...register('fromTime')} />
              </fieldset>
              <fieldset className={styles.edge}>
                <legend>To</legend>
                <TextField label="Day" type="date" error={errors.toDay?.message} {...register('toDay')} />
                <TextField label="Time" type="time" step={1} {...register('toTime')} />
              </fieldset>
              <p className="muted">
                Times are {zone.replaceAll('_', ' ')}. A day without a time counts whole. {note}
              </p>
              <div className={styles.actions}>
                <Button type="submit" look="primary">
                  Apply
                </Button>
                <Button onClick={onClose}>Cancel</Button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
