import styles from './Segmented.module.css'

interface SegmentedProps<V extends string> {
  readonly label: string
  readonly name: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  onChange(value: V): void
}

/** A few exclusive choices in view at once: radio buttons that look like one control. */
export function Segmented<V extends string>({ label, name, value, options, onChange }: SegmentedProps<V>) {
  return (
    <fieldset className={styles.segmented}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
