import { Popover } from '@base-ui/react/popover'
import { type RefObject, useState } from 'react'
import { useForm } from 'react-hook-form'
import { filtersTexts } from '../texts/en/filters.ts'
import { rangeTexts } from '../texts/en/range.ts'
import { timesTexts } from '../texts/en/times.ts'
import { currentWording } from '../texts/in-language.ts'
import { dateOrderOf, datePattern, readDay, writeDay } from '../time/date-entry.ts'
import { type PresetName, presetRange, presets } from '../time/presets.ts'
import { instantsText } from '../time/range-text.ts'
import { toWallClock } from '../time/wall-clock.ts'
import { Button } from '../ui/Button.tsx'
import { RangeCalendar } from '../ui/RangeCalendar.tsx'
import { TextField } from '../ui/TextField.tsx'
import { contradictionOf, type RangeChoice } from './applied-range.ts'
import { RangeAxis } from './RangeAxis.tsx'
import styles from './RangePopover.module.css'
import { fromRangeForm, type RangeForm, toRangeForm } from './range-form.ts'
import type { RangeFieldProps } from './range-props.ts'

interface RangePopoverProps extends RangeFieldProps {
  readonly anchor: RefObject<HTMLButtonElement | null>
  onClose(): void
}

/** Presets, days and times to be typed, and a calendar; what is typed is applied only when it can be true. */
export function RangePopover({ anchor, which, ranges, rolling, zone, onApply, onClose }: RangePopoverProps) {
  const texts = rangeTexts()
  const label = filtersTexts().ranges[which]
  const presetTexts = timesTexts().presets
  const order = dateOrderOf(currentWording().locale)
  const applied = ranges[which]
  const [nowMs] = useState(Date.now)
  const { register, handleSubmit, setError, setValue, watch, formState } = useForm<RangeForm>({
    // Not seeded once: Back while it is open changes the range, and the draft follows.
    values: toRangeForm(applied, zone, order),
  })
  const { errors } = formState
  const form = watch()
  const draft = fromRangeForm(form, zone, order, applied)
  const drawn = { ...ranges, ...('range' in draft && { [which]: draft.range }) }
  const contradiction = contradictionOf(drawn.started, drawn.ended)
  const submit = handleSubmit((given) => {
    const reading = fromRangeForm(given, zone, order, applied)
    if ('field' in reading)
      return setError(reading.field, { message: reading.message }, { shouldFocus: true })
    if (contradiction !== undefined)
      return setError(
        which === 'started' ? 'fromDay' : 'toDay',
        { message: contradiction },
        { shouldFocus: true },
      )
    const { from, to } = reading.range
    const same = from === applied.from && to === applied.to
    onApply(
      same && rolling !== undefined
        ? { kind: 'rolling', name: rolling }
        : { kind: 'exact', range: reading.range },
    )
  })
  const choose = (name: PresetName) => {
    const choice: RangeChoice =
      name === 'any'
        ? { kind: 'exact', range: { from: undefined, to: undefined } }
        : { kind: 'rolling', name }
    const range = presetRange(name, nowMs, zone)
    const wrong = contradictionOf(
      which === 'started' ? range : ranges.started,
      which === 'ended' ? range : ranges.ended,
    )
    if (wrong === undefined) onApply(choice)
    else setError('root', { message: texts.wrongPreset(presetTexts[name], wrong) })
  }
  const dayIn = (text: string) => {
    const reading = readDay(text, order)
    return 'day' in reading && reading.day !== '' ? reading.day : undefined
  }
  const told = errors.root?.message ?? ('range' in draft ? contradiction : undefined)

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
          <Popover.Popup className={styles.popup} finalFocus={anchor} aria-label={texts.editor(label)}>
            <ul className={styles.presets} aria-label={texts.presets(label)}>
              {presets.map((name) => (
                <li key={name}>
                  <Button
                    look="ghost"
                    className={styles.preset}
                    aria-pressed={which === 'started' ? name === rolling : undefined}
                    aria-describedby={name === 'any' ? undefined : `${which}-${name}`}
                    onClick={() => choose(name)}
                  >
                    {presetTexts[name]}
                  </Button>
                  {name !== 'any' && (
                    <p id={`${which}-${name}`} className={`${styles.instants} num`}>
                      {instantsText(presetRange(name, nowMs, zone), zone)}
                    </p>
                  )}
                </li>
              ))}
            </ul>
            <form className={styles.form} noValidate onSubmit={submit}>
              <div className={styles.entry}>
                <div className={styles.edges}>
                  <fieldset className={styles.edge}>
                    <legend>{texts.from}</legend>
                    <TextField
                      label={texts.day}
                      placeholder={datePattern(order)}
                      autoComplete="off"
                      error={errors.fromDay?.message}
                      {...register('fromDay')}
                    />
                    <TextField label={texts.time} type="time" step={1} {...register('fromTime')} />
                  </fieldset>
                  <fieldset className={styles.edge}>
                    <legend>{texts.to}</legend>
                    <TextField
                      label={texts.day}
                      placeholder={datePattern(order)}
                      autoComplete="off"
                      error={errors.toDay?.message}
                      {...register('toDay')}
                    />
                    <TextField label={texts.time} type="time" step={1} {...register('toTime')} />
                  </fieldset>
                  <RangeAxis {...drawn} zone={zone} nowMs={nowMs} />
                  {told !== undefined && (
                    <p className={styles.told} role="alert">
                      {told}
                    </p>
                  )}
                </div>
                <RangeCalendar
                  label={texts.calendar(label)}
                  from={dayIn(form.fromDay)}
                  to={dayIn(form.toDay)}
                  today={toWallClock(nowMs, zone).day}
                  onChoose={(from = '', to = '') => {
                    setValue('fromDay', writeDay(from, order))
                    setValue('toDay', writeDay(to, order))
                  }}
                />
              </div>
              <p className="muted">
                {texts.zone(zone.replaceAll('_', ' '))}
                {which === 'ended' && ` ${texts.openLeftOut}`}
              </p>
              <div className={styles.actions}>
                <Button type="submit" look="primary">
                  {texts.apply}
                </Button>
                <Button onClick={onClose}>{texts.cancel}</Button>
              </div>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
