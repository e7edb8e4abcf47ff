import type { ComponentProps } from 'react'
import styles from './Button.module.css'

type ButtonProps = ComponentProps<'button'> & {
  readonly look?: 'plain' | 'ghost' | 'primary' | 'link'
  /** Square, for an icon alone; then `aria-label` says what it does. */
  readonly icon?: boolean
}

/** Disabled in word and look, never natively: the browser would take the focus away from whoever has just pressed it. */
export function Button({
  look = 'plain',
  icon = false,
  className,
  type = 'button',
  disabled = false,
  onClick,
  ...rest
}: ButtonProps) {
  const classes = [styles.button, styles[look], icon ? styles.icon : undefined, className]
  return (
    <button
      type={type}
      className={classes.filter(Boolean).join(' ')}
      aria-disabled={disabled || undefined}
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      {...rest}
    />
  )
}
