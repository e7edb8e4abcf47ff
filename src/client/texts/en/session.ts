/** Signing in and out, and addresses that lead nowhere. */
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
}

export type SessionTexts = typeof english
export const sessionTexts = inLanguage('session', english)
