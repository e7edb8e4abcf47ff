import type { ComponentProps } from 'react'
import styles from './Button.module.css'

type ButtonProps = ComponentProps<'button'> & {
  readonly look?: 'plain' | 'ghost' | 'primary' | 'link'
  /** Square, for an icon alone; then `aria-label` says what it does. */
  readonly icon?: boolean
}

export function Button({ look = 'plain', icon = false, className, type = 'button', ...rest }: ButtonProps) {
  const classes = [styles.button, styles[look], icon ? styles.icon : undefined, className]
  return <button type={type} className={classes.filter(Boolean).join(' ')} {...rest} />
}
