import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useForm } from 'react-hook-form'
import type { SessionInfo, SignInRequest } from '../../contract/model/session.ts'
import { sessionOptions, signInMutation } from '../api/queries.ts'
import { sessionTexts } from '../texts/en/session.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/TextField.tsx'
import styles from './Card.module.css'
import { noteSignIn } from './focus-after-sign-in.ts'

interface SignInFormProps {
  /** Fixed, where the address already says it. */
  readonly tenant?: string
  readonly email?: string | undefined
  /** Whether somebody else may sign in instead. */
  readonly emailIs?: 'open' | 'fixed'
  onSignedIn?: (session: SessionInfo) => void
}

export function SignInForm({ tenant, email = '', emailIs = 'open', onSignedIn }: SignInFormProps) {
  const texts = sessionTexts()
  const queryClient = useQueryClient()
  const { register, handleSubmit, resetField, setFocus, formState } = useForm<SignInRequest>({
    defaultValues: { tenant: tenant ?? '', email, password: '' },
  })
  const signIn = useMutation({
    ...signInMutation,
    onSuccess: (session) => {
      noteSignIn()
      queryClient.setQueryData(sessionOptions.queryKey, session)
      // What failed for want of a session is asked again.
      void queryClient.invalidateQueries({ predicate: ({ state }) => state.status === 'error' })
      onSignedIn?.(session)
    },
    onError: () => {
      resetField('password')
      setFocus('password')
    },
  })
  const { errors } = formState
  // Synchronises the focus: a dialog gives it to its first field, which is not the one to be filled in.
  useEffect(() => {
    if (emailIs === 'fixed') setFocus('password')
  }, [emailIs, setFocus])

  return (
    <form className={styles.form} noValidate onSubmit={handleSubmit((request) => signIn.mutate(request))}>
      <TextField
        label={texts.tenant}
        autoComplete="organization"
        autoCapitalize="off"
        spellCheck={false}
        readOnly={tenant !== undefined}
        error={errors.tenant && texts.tenantMissing}
        {...register('tenant', { required: true })}
      />
      <TextField
        label={texts.email}
        type="email"
        autoComplete="username"
        readOnly={emailIs === 'fixed'}
        error={errors.email && texts.emailMissing}
        {...register('email', { required: true })}
      />
      <TextField
        label={texts.password}
        type="password"
        autoComplete="current-password"
        error={errors.password && texts.passwordMissing}
        {...register('password', { required: true })}
      />
      {signIn.isError && (
        <p role="alert" className={styles.failure}>
          {signIn.error.message}
        </p>
      )}
      <Button type="submit" look="primary" className={styles.submit} disabled={signIn.isPending}>
        {signIn.isPending ? texts.signingIn : texts.signIn}
      </Button>
    </form>
  )
}
