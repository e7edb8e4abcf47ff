import { type ComponentProps, useId, useRef, useState } from 'react'
import { mostUsers } from '../../contract/query/engagement-query.ts'
import { foldEmail, isEmail } from '../../contract/query/param.ts'
import { useLacks } from '../source-parts.ts'
import { filtersTexts } from '../texts/en/filters.ts'
import { Chip } from '../ui/Chip.tsx'
import styles from './PeopleField.module.css'

interface PeopleFieldProps {
  readonly tenant: string
  /** The applied ones. */
  readonly people: readonly string[]
  onChange(people: readonly string[]): void
}

interface Suggesting {
  readonly Input: typeof import('./SuggestingInput.tsx').SuggestingInput
  readonly takesFocus: boolean
}

export function PeopleField({ tenant, people, onChange }: PeopleFieldProps) {
  const texts = filtersTexts()
  const suggests = !useLacks().has('users')
  const id = useId()
  // One field is no form worth a library, which would be a twelfth of what the page needs before its first rows.
  const [email, setEmail] = useState('')
  const [error, setError] = useState<string>()
  // The suggestions' machinery is a third of the page's code: it comes with the first focus, not with the page. Until it is
  // there the plain input stays, so that no key is lost.
  const [suggesting, setSuggesting] = useState<Suggesting>()
  const plain = useRef<HTMLInputElement>(null)
  const suggest = () =>
    import('./SuggestingInput.tsx').then(
      ({ SuggestingInput }) =>
        setSuggesting({ Input: SuggestingInput, takesFocus: document.activeElement === plain.current }),
      // Without suggestions emails are typed in full.
      () => undefined,
    )

  const write = (text: string) => {
    setEmail(text)
    setError(undefined)
  }
  /** One, or several as they are pasted from a list. */
  const add = (text: string) => {
    const given = text.split(/[\s,;]+/).filter(Boolean)
    const wrong = given.find((one) => !isEmail(one))
    if (wrong !== undefined) return setError(texts.notAnEmail(wrong))
    const all = [...new Set([...people, ...given.map(foldEmail)])]
    if (all.length > mostUsers) return setError(texts.tooMany(mostUsers))
    write('')
    if (all.length > people.length) onChange(all)
  }

  const input: ComponentProps<'input'> = {
    id,
    className: styles.input,
    'aria-label': texts.email,
    'aria-invalid': error !== undefined,
    'aria-describedby': error ? `${id}-error` : undefined,
    placeholder: people.length === 0 ? texts.addEmail : texts.addAnother,
    autoCapitalize: 'off',
    autoComplete: 'off',
    spellCheck: false,
    onKeyDown: (event) => {
      // An open list without a chosen suggestion would keep Enter to itself.
      const typed = event.key === 'Enter' && !event.currentTarget.hasAttribute('aria-activedescendant')
      if (typed || event.key === ',' || event.key === ';') {
        event.preventDefault()
        add(email)
      }
      if (event.key === 'Backspace' && email === '' && people.length > 0) onChange(people.slice(0, -1))
    },
  }
  return (
    <form
      className={styles.people}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        add(email)
      }}
    >
      <div className={styles.frame}>
        {people.map((person) => (
          <Chip
            key={person}
            removeLabel={texts.remove(person)}
            onRemove={() => onChange(people.filter((other) => other !== person))}
          >
            {person}
          </Chip>
        ))}
        {suggesting ? (
          <suggesting.Input
            tenant={tenant}
            taken={people}
            takesFocus={suggesting.takesFocus}
            input={input}
            value={email}
            onWrite={write}
            onPick={add}
          />
        ) : (
          <input
            ref={plain}
            data-first-filter
            {...input}
            value={email}
            onChange={(event) => write(event.target.value)}
            onFocus={() => suggests && void suggest()}
          />
        )}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </form>
  )
}
