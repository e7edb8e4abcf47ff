import styles from './Brand.module.css'

export function Brand() {
  return (
    <span className={styles.brand}>
      <svg
        className={styles.mark}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.4" />
        <path d="M3.5 3.6v4.8h4.8" />
        <path d="M10.3 8.9v6.2l5-3.1z" fill="currentColor" strokeWidth="1.4" />
      </svg>
      Hindsight
    </span>
  )
}
