import styles from './session/Card.module.css'
import { Brand } from './ui/Brand.tsx'

export function NotFound() {
  return (
    <main className={styles.page}>
      <title>Not found · Hindsight</title>
      <section className={styles.card}>
        <Brand />
        <h1 className={styles.title}>There is no such page</h1>
        <p className={styles.lead}>
          Engagements are at <code>/your-tenant/engagements</code>.
        </p>
        <p>
          <a href="/">Sign in</a>
        </p>
      </section>
    </main>
  )
}
