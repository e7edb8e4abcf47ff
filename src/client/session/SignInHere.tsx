import type { SessionInfo } from '../../contract/model/session.ts'
import { Brand } from '../ui/Brand.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

interface SignInHereProps {
  readonly tenant: string
  /** Somebody who is signed in, but to another tenant. */
  readonly other: SessionInfo['user']
}

/** In place of the page, at the page's own address: signing in shows what was asked for. */
export function SignInHere({ tenant, other }: SignInHereProps) {
  return (
    <main className={styles.page}>
      <title>{`Sign in · ${tenant} · Hindsight`}</title>
      <section className={styles.card}>
        <Brand />
        <h1 className={styles.title}>Sign in to see {tenant}</h1>
        {other && (
          <p className={styles.lead}>
            You are signed in to {other.tenant} as {other.email}. This link belongs to {tenant}, which needs a
            sign-in of its own.
          </p>
        )}
        <SignInForm tenant={tenant} email={other?.email} />
      </section>
    </main>
  )
}
