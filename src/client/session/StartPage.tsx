import { useNavigate } from '@tanstack/react-router'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { sessionTexts } from '../texts/en/session.ts'
import { Brand } from '../ui/Brand.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

export function StartPage() {
  const texts = sessionTexts()
  const navigate = useNavigate()
  return (
    <main className={styles.page}>
      <title>{texts.title()}</title>
      <section className={styles.card}>
        <div className={styles.head}>
          <Brand />
          <LanguageSwitch />
        </div>
        <h1 className={styles.title}>{texts.signIn}</h1>
        <SignInForm
          onSignedIn={({ user }) => {
            if (user)
              void navigate({ to: '/$tenant/engagements', params: { tenant: user.tenant }, search: {} })
          }}
        />
      </section>
    </main>
  )
}
