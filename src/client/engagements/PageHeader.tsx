import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Keyboard, LogOut } from 'lucide-react'
import { useState } from 'react'
import type { SessionInfo } from '../../contract/model/session.ts'
import type { PageQuery } from '../../contract/query/page-query.ts'
import { signOut } from '../api/queries.ts'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { pageTexts } from '../texts/en/page.ts'
import { Brand } from '../ui/Brand.tsx'
import { Button } from '../ui/Button.tsx'
import { loadedPart } from '../ui/loaded-part.tsx'
import styles from './PageHeader.module.css'
import { ThemeSwitch } from './ThemeSwitch.tsx'

// The list of zones is long and rarely opened: the header does not wait for it.
const ZoneSwitch = loadedPart(async () => (await import('./ZoneSwitch.tsx')).ZoneSwitch, {
  meanwhile: ({ zone }) => <span className="muted">{zone}</span>,
})

interface PageHeaderProps {
  readonly tenant: string
  readonly user: NonNullable<SessionInfo['user']>
  readonly page: PageQuery
  readonly zone: string
  onApply(page: PageQuery): void
  onShowKeys(): void
}

export function PageHeader({ tenant, user, page, zone, onApply, onShowKeys }: PageHeaderProps) {
  const texts = pageTexts()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const [notSignedOut, setNotSignedOut] = useState<string>()
  const leave = async () => {
    setNotSignedOut(undefined)
    try {
      await signOut()
    } catch (error) {
      setNotSignedOut(error instanceof Error ? error.message : String(error))
      return
    }
    await navigate({ to: '/' })
    // Nothing of this session's data stays behind in the page.
    queryClient.clear()
  }
  return (
    <header className={styles.header}>
      <Brand />
      <span className={styles.separator} aria-hidden="true">
        /
      </span>
      <span className={styles.tenant} title={tenant}>
        {tenant}
      </span>
      <ZoneSwitch zone={zone} chosen={page.tz} onChoose={(tz) => onApply({ ...page, tz })} />
      <LanguageSwitch />
      <ThemeSwitch />
      <Button look="ghost" icon aria-label={texts.keys} title={texts.keysHint} onClick={onShowKeys}>
        <Keyboard size={17} aria-hidden />
      </Button>
      <span className={styles.avatar} title={`${user.email}, ${user.role}`} aria-hidden="true">
        {initials(user.email)}
      </span>
      <span className={styles.who}>{user.email}</span>
      <Button
        data-command="sign-out"
        look="ghost"
        icon
        aria-label={texts.signOut}
        title={texts.signOut}
        onClick={() => void leave()}
      >
        <LogOut size={16} aria-hidden />
      </Button>
      {notSignedOut !== undefined && (
        <span role="alert" className={styles.failed}>
          {texts.notSignedOut(notSignedOut)}
        </span>
      )}
    </header>
  )
}

function initials(email: string): string {
  const [name = ''] = email.split('@')
  const [first = '', second = ''] = name.split(/[._-]+/)
  return `${first.charAt(0)}${second.charAt(0)}`.toUpperCase() || '?'
}
