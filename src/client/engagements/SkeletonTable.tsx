import { pageTexts } from '../texts/en/page.ts'
import styles from './SkeletonTable.module.css'

const mostRows = 12
const widths = ['62%', '80%', '70%', '75%', '48%', '40%', '58%', '36%']

/** Rows in the real shape before the first answer. */
export function SkeletonTable({ rows }: { readonly rows: number }) {
  return (
    <div className={styles.skeleton}>
      <p className="visually-hidden">{pageTexts().loading}</p>
      <div className={styles.head} />
      {Array.from({ length: Math.min(rows, mostRows) }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have nothing but their place
        <div key={row} className={styles.row}>
          {widths.map((width) => (
            <span key={width} style={{ width }} />
          ))}
        </div>
      ))}
    </div>
  )
}
