import { type ComponentProps, useId } from 'react'
import styles from './TextField.module.css'

type TextFieldProps = ComponentProps<'input'> & {
  readonly label: string
  /** What is wrong with what was typed; read out when it appears. */
  readonly error?: string | undefined
}

export function TextField({ label, error, className, ...input }: TextFieldProps) {
  const id = useId()
  return (
    <div className={`${styles.field} ${className ?? ''}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        {...input}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
