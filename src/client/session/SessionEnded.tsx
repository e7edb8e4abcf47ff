import { Modal } from '../ui/Modal.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

interface SessionEndedProps {
  readonly tenant: string
  readonly email: string
}

/** The session ended while the page was in use: the password is asked for over it, and nothing on it is lost. */
export function SessionEnded({ tenant, email }: SessionEndedProps) {
  return (
    <Modal title="Your session ended">
      <p className={styles.lead}>Sign in again to go on where you were.</p>
      <SignInForm tenant={tenant} email={email} />
    </Modal>
  )
}
