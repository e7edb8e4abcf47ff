import { Autocomplete } from '@base-ui/react/autocomplete'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, useEffect, useRef } from 'react'
import { peopleOptions } from '../api/queries.ts'
import styles from './PeopleField.module.css'

interface SuggestingInputProps {
  readonly tenant: string
  /** Already applied: not suggested again. */
  readonly taken: readonly string[]
  readonly input: ComponentProps<'input'>
  readonly value: string
  onWrite(text: string): void
  onPick(email: string): void
}

/** The input of the people filter, with the emails seen so far that begin with what was typed. */
export function SuggestingInput({ tenant, taken, input, value, onWrite, onPick }: SuggestingInputProps) {
  const typed = value.trim()
  const suggestions = useQuery({ ...peopleOptions(tenant, typed), enabled: typed !== '' })
  const seen = typed === '' ? [] : (suggestions.data?.users ?? [])
  const offered = seen.map(({ uri }) => uri).filter((uri) => !taken.includes(uri))
  const ref = useRef<HTMLInputElement>(null)
  // Synchronises the focus: it was on the plain input that this one takes the place of.
  useEffect(() => ref.current?.focus(), [])

  return (
    <Autocomplete.Root
      items={offered}
      filter={null}
      value={value}
      onValueChange={(text, { reason }) => (reason === 'item-press' ? onPick(text) : onWrite(text))}
    >
      <Autocomplete.Input ref={ref} data-first-filter {...input} />
      <Autocomplete.Portal>
        <Autocomplete.Positioner sideOffset={6} align="start" className={styles.positioner}>
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.List>
              {(person: string) => (
                <Autocomplete.Item key={person} value={person} className={styles.item}>
                  {person}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  )
}
