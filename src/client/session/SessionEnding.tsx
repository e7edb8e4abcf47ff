import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { sessionOptions } from '../api/queries.ts'
import { sessionTexts } from '../texts/en/session.ts'
import { formatTime } from '../time/zone.ts'
import { Button } from '../ui/Button.tsx'
import { Modal } from '../ui/Modal.tsx'
import { Notice } from '../ui/Notice.tsx'
import styles from './Card.module.css'
import { SignInForm } from './SignInForm.tsx'

interface SessionEndingProps {
  readonly tenant: string
  readonly email: string
  readonly endsMs: number
  /** The zone in which times are shown. */
  readonly zone: string
}

const warnsBeforeMs = 5 * 60_000
/** Where this device's clock is ahead, the session goes on: then it is looked at again. */
const looksAgainMs = 30_000

/** Before a session ends that nothing but the password renews: says so, and takes the password while nothing is in the way yet. */
export function SessionEnding({ tenant, email, endsMs, zone }: SessionEndingProps) {
  const texts = sessionTexts()
  const client = useQueryClient()
  const [near, setNear] = useState(false)
  const [asking, setAsking] = useState(false)
  // Synchronises with the clock: what is near its end is told, and what has ended is asked of the server.
  useEffect(() => {
    const inMs = (atMs: number) => Math.max(0, atMs - Date.now())
    const warning = setTimeout(() => setNear(true), inMs(endsMs - warnsBeforeMs))
    const look = () => {
      void client.refetchQueries(sessionOptions)
      looking = setTimeout(look, looksAgainMs)
    }
    let looking = setTimeout(look, inMs(endsMs) + 200)
    return () => {
      clearTimeout(warning)
      clearTimeout(looking)
    }
  }, [client, endsMs])

  if (!near) return null
  return (
    <>
      <Notice tone="info">
        {texts.endsAt(formatTime(endsMs, zone, 'time'))}{' '}
        <Button look="link" aria-haspopup="dialog" onClick={() => setAsking(true)}>
          {texts.givePassword}
        </Button>
      </Notice>
      {asking && (
        <Modal title={texts.goOn} onClose={() => setAsking(false)}>
          <p className={styles.lead}>{texts.nothingIsLost}</p>
          <SignInForm tenant={tenant} email={email} emailIs="fixed" />
          <Button look="ghost" className={styles.later} onClick={() => setAsking(false)}>
            {texts.later}
          </Button>
        </Modal>
      )}
    </>
  )
}
