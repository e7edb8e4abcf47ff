import { useNavigate } from '@tanstack/react-router'
import { Brand } from '../ui/Brand.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

export function StartPage() {
  const navigate = useNavigate()
  return (
    <main className={styles.page}>
      <title>Sign in · Hindsight</title>
      <section className={styles.card}>
        <Brand />
        <h1 className={styles.title}>Sign in</h1>
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
