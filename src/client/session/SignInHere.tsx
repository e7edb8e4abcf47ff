import type { SessionInfo } from '../../contract/model/session.ts'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { sessionTexts } from '../texts/en/session.ts'
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
  const texts = sessionTexts()
  return (
    <main className={styles.page}>
      <title>{texts.title(tenant)}</title>
      <section className={styles.card}>
        <div className={styles.head}>
          <Brand />
          <LanguageSwitch />
        </div>
        <h1 className={styles.title}>{texts.signInToSee(tenant)}</h1>
        {other && <p className={styles.lead}>{texts.signedInElsewhere(other.email, other.tenant, tenant)}</p>}
        <SignInForm tenant={tenant} email={other?.email} />
      </section>
    </main>
  )
}
