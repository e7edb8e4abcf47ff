import styles from './session/Card.module.css'
import { notFoundTexts } from './texts/en/not-found.ts'
import { Brand } from './ui/Brand.tsx'

export function NotFound() {
  const texts = notFoundTexts()
  const [before, after] = texts.engagementsAreAt
  return (
    <main className={styles.page}>
      <title>{texts.title}</title>
      <section className={styles.card}>
        <Brand />
        <h1 className={styles.title}>{texts.noSuchPage}</h1>
        <p className={styles.lead}>
          {before}
          <code>{texts.exampleAddress}</code>
          {after}
        </p>
        <p>
          <a href="/">{texts.signIn}</a>
        </p>
      </section>
    </main>
  )
}
