import { Autocomplete } from '@base-ui/react/autocomplete'
import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { isEmail } from '../../contract/query/param.ts'
import { peopleOptions } from '../api/queries.ts'
import { suggestionsTexts } from '../texts/en/suggestions.ts'
import { GivenText } from '../ui/GivenText.tsx'
import styles from './PeopleField.module.css'

interface SuggestingInputProps {
  readonly tenant: string
  /** Already applied: not suggested again. */
  readonly taken: readonly string[]
  /** It replaces an input that has the focus. */
  readonly takesFocus: boolean
  readonly input: ComponentProps<'input'>
  readonly value: string
  onWrite(text: string): void
  onPick(email: string): void
}

/** The input of the people filter, with the emails seen so far that begin with what was typed. */
export function SuggestingInput({
  tenant,
  taken,
  takesFocus,
  input,
  value,
  onWrite,
  onPick,
}: SuggestingInputProps) {
  const typed = value.trim()
  const suggestions = useQuery({ ...peopleOptions(tenant, typed), enabled: typed !== '' })
  const seen = typed === '' ? [] : (suggestions.data?.users ?? [])
  // Imported users may be called anything; only by an email can be filtered.
  const told = seen.map(({ uri }) => uri).filter((uri) => isEmail(uri) && !taken.includes(uri))
  // The same ones told anew stay the same list: what the keys chose in it is let go with a new one.
  const text = told.join('\n')
  const offered = useMemo(() => text.split('\n').filter(Boolean), [text])
  const ref = useRef<HTMLInputElement>(null)
  // Synchronises the focus: it was on the plain input that this one takes the place of, unless it went on since. Before the next
  // key can come.
  useLayoutEffect(() => {
    if (takesFocus && document.activeElement === document.body) ref.current?.focus()
  }, [takesFocus])

  // The text for which the list was closed: writing on opens it again.
  const [closedFor, setClosedFor] = useState<string>()
  const [focused, setFocused] = useState(false)
  const open = focused && offered.length > 0 && closedFor !== typed

  return (
    // Inline, because the component's own popup hides the rest of the page from screen readers while it is open.
    <Autocomplete.Root
      inline
      open={open}
      items={offered}
      filter={null}
      // A pointer that rests where the list opens takes nothing from the keys: what Enter takes is what they chose.
      highlightItemOnHover={false}
      keepHighlight
      value={value}
      onValueChange={(text, { reason }) => reason === 'input-change' && onWrite(text)}
    >
      <Autocomplete.Input
        ref={ref}
        data-first-filter
        {...input}
        aria-expanded={open}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setClosedFor(typed)
          input.onKeyDown?.(event)
        }}
      />
      {open && (
        <div className={styles.popup}>
          <Autocomplete.List aria-label={suggestionsTexts().seen}>
            {(person: string) => (
              <Autocomplete.Item
                key={person}
                value={person}
                className={styles.item}
                onClick={() => onPick(person)}
              >
                <GivenText>{person}</GivenText>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </div>
      )}
    </Autocomplete.Root>
  )
}
