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
  title: (tenant) => (tenant === undefined ? 'Anmelden · Hindsight' : `Anmelden · ${tenant} · Hindsight`),
  signInToSee: (tenant) => `Anmelden, um ${tenant} zu sehen`,
  signedInElsewhere: (email, elsewhere, tenant) =>
    `Sie sind bei ${elsewhere} als ${email} angemeldet. Dieser Link gehört zu ${tenant} und braucht eine eigene Anmeldung.`,
  ended: 'Ihre Sitzung ist beendet',
  signInAgain: 'Melden Sie sich wieder an, um dort weiterzumachen, wo Sie waren.',
  endsAt: (time) => `Ihre Anmeldung endet um ${time}.`,
  givePassword: 'Passwort jetzt eingeben',
  goOn: 'Ohne Unterbrechung weitermachen',
  nothingIsLost: 'Mit Ihrem Passwort beginnt die Anmeldung von vorn. Alles auf der Seite bleibt, wie es ist.',
  later: 'Später',
}
