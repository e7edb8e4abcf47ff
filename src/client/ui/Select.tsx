import type { ComponentProps, ReactNode } from 'react'
import styles from './Select.module.css'

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange' | 'value'> {
  readonly label: ReactNode
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  onChange(value: string): void
}

/** The system's own select, with its label inside the frame. */
export function Select({ label, value, options, onChange, ...rest }: SelectProps) {
  return (
    <label className={styles.select}>
      <span className={styles.label}>{label}</span>
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
