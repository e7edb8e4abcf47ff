import { heardShare } from '../../player/heard.ts'
import type { Heard } from '../../player/heard-store.ts'
import styles from './cells.module.css'

/** Under the button that plays, which says the same in words. */
export function HeardBar({ heard: { spans, lengthSeconds } }: { readonly heard: Heard }) {
  return (
    <span className={styles.heard} aria-hidden>
      <span style={{ width: `${heardShare(spans, lengthSeconds) * 100}%` }} />
    </span>
  )
}
