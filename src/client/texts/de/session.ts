import type { SessionTexts } from '../en/session.ts'

export const session: SessionTexts = {
  signIn: 'Anmelden',
  signingIn: 'Wird angemeldet …',
  tenant: 'Mandant',
  email: 'E-Mail',
  password: 'Passwort',
  tenantMissing: 'Geben Sie den Schlüssel des Mandanten an, etwa PremierTenant.',
  emailMissing: 'Geben Sie Ihre E-Mail-Adresse an.',
  passwordMissing: 'Geben Sie Ihr Passwort an.',
}
