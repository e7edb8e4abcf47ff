/** Signing in, and a session that ended. */
import { inLanguage } from '../in-language.ts'

const english = {
  signIn: 'Sign in',
  signingIn: 'Signing in …',
  tenant: 'Tenant',
  email: 'Email',
  password: 'Password',
  tenantMissing: 'Give the tenant’s key, such as PremierTenant.',
  emailMissing: 'Give your email address.',
  passwordMissing: 'Give your password.',
  title: (tenant?: string) =>
    tenant === undefined ? 'Sign in · Hindsight' : `Sign in · ${tenant} · Hindsight`,
  signInToSee: (tenant: string) => `Sign in to see ${tenant}`,
  signedInElsewhere: (email: string, elsewhere: string, tenant: string) =>
    `You are signed in to ${elsewhere} as ${email}. This link belongs to ${tenant}, which needs a sign-in of its own.`,
  ended: 'Your session ended',
  signInAgain: 'Sign in again to go on where you were.',
  endsAt: (time: string) => `Your sign-in ends at ${time}.`,
  givePassword: 'Give the password now',
  goOn: 'Go on without a break',
  nothingIsLost: 'With your password the sign-in begins anew. Everything on the page stays as it is.',
  later: 'Later',
}

export type SessionTexts = typeof english
export const sessionTexts = inLanguage('session', english)
