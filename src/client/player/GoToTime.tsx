import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'
import { playerTexts } from '../texts/en/player.ts'
import { Button } from '../ui/Button.tsx'
import { readClockTime } from './clock-time-entry.ts'
import styles from './GoToTime.module.css'
import type { Timeline } from './sync/timeline.ts'

interface GoToTimeProps {
  readonly timeline: Timeline & { readonly startMs: number }
  readonly zone: string
  onGo(positionSeconds: number): void
  onCancel(): void
}

/** Stands in place of the clock until a time was given. */
export function GoToTime({ timeline, zone, onGo, onCancel }: GoToTimeProps) {
  const texts = playerTexts()
  const [message, setMessage] = useState<string>()
  const messageId = useId()
  // Where the key was pressed that opened this, and where the focus goes back to.
  const [from] = useState(() => document.activeElement)
  const goBack = () => from instanceof HTMLElement && from.focus()
  const { startMs, datedSeconds } = timeline
  const go = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('time') ?? '')
    const reading = readClockTime(text, { startMs, endMs: startMs + datedSeconds * 1000, zone })
    if (!reading.ok) return setMessage(reading.message)
    goBack()
    onGo((reading.atMs - startMs) / 1000)
  }
  const cancel = () => {
    goBack()
    onCancel()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancel()
  }
  return (
    <form className={styles.form} onSubmit={go}>
      <input
        name="time"
        className={`${styles.input} num`}
        // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked to write here
        autoFocus
        autoComplete="off"
        placeholder="14:19:11"
        aria-label={texts.clockToGoTo}
        aria-invalid={message !== undefined}
        aria-describedby={message === undefined ? undefined : messageId}
        onKeyDown={leave}
      />
      <Button type="submit">{texts.go}</Button>
      <Button look="ghost" onClick={cancel}>
        {texts.cancel}
      </Button>
      {message !== undefined && (
        <p id={messageId} role="alert" className={styles.message}>
          {message}
        </p>
      )}
    </form>
  )
}
