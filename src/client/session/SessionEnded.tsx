import { sessionTexts } from '../texts/en/session.ts'
import { Modal } from '../ui/Modal.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

interface SessionEndedProps {
  readonly tenant: string
  readonly email: string
}

/** The session ended while the page was in use: the password is asked for over it, and nothing on it is lost. */
export function SessionEnded({ tenant, email }: SessionEndedProps) {
  const texts = sessionTexts()
  return (
    <Modal title={texts.ended}>
      <p className={styles.lead}>{texts.signInAgain}</p>
      <SignInForm tenant={tenant} email={email} emailIs="fixed" />
    </Modal>
  )
}
