import type { ComponentProps } from 'react'
import styles from './Select.module.css'

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  readonly label: string
  /** The label is for those who cannot see that the value explains itself. */
  readonly labelHidden?: boolean
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  onChange(value: string): void
}

/** The system's own select, with its label inside the frame. */
export function Select({ label, labelHidden = false, value, options, onChange, ...rest }: SelectProps) {
  return (
    <label className={styles.select}>
      <span className={labelHidden ? 'visually-hidden' : styles.label}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  )
}
