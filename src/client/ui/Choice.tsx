import styles from './Choice.module.css'

interface ChoiceProps<V extends string> {
  readonly legend: string
  readonly name: string
  readonly value: V
  /** `says` is what comes of it, in a sentence. */
  readonly options: readonly { readonly value: V; readonly label: string; readonly says: string }[]
  onChange(value: V): void
}

/** A few exclusive choices, each with a sentence on what comes of it. */
export function Choice<V extends string>({ legend, name, value, options, onChange }: ChoiceProps<V>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            <strong>{option.label}</strong>
            <span className="muted">{option.says}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
