import type { Problem } from '../../../contract/problem.ts'
import type { ApiTexts } from '../en/api.ts'

/** Those a supervisor may come to. */
const problems: Readonly<Partial<Record<Problem['type'], string>>> = {
  'urn:problem:hindsight:not-signed-in': 'Ihre Sitzung ist beendet.',
  'urn:problem:hindsight:wrong-credentials': 'Mandant, E-Mail-Adresse oder Passwort ist falsch.',
  'urn:problem:hindsight:too-many-attempts':
    'Es gab zu viele Fehlversuche bei der Anmeldung. Versuchen Sie es in einigen Minuten noch einmal.',
  'urn:problem:hindsight:not-permitted': 'Dafür haben Sie keine Berechtigung.',
  'urn:problem:hindsight:not-found': 'Das gibt es nicht oder nicht mehr.',
  'urn:problem:hindsight:precondition-failed':
    'Jemand anderes hat diese Ansicht inzwischen geändert oder entfernt, oder es gibt sie schon.',
  'urn:problem:hindsight:view-conflict':
    'Eine Ansicht dieses Namens gibt es schon, oder es gibt so viele, wie ein Mandant haben darf.',
  'urn:problem:hindsight:content-too-large': 'Das ist zu groß, um gespeichert zu werden.',
  'urn:problem:hindsight:uri-too-long': 'Die Adresse ist zu lang.',
  'urn:problem:hindsight:unavailable': 'Der Dienst ist gerade nicht verfügbar.',
  'urn:problem:hindsight:internal': 'Auf dem Server ist etwas schiefgegangen.',
}

export const api: ApiTexts = {
  unreachable: 'Der Server ist nicht erreichbar.',
  notUnderstood: (why) => `Die Antwort des Servers war nicht zu verstehen: ${why}`,
  brokeOff: 'Die Antwort des Servers brach ab.',
  notJson: (status) => `Der Server antwortete mit ${status} und etwas, das kein JSON ist.`,
  problem: ({ type, detail }) => problems[type] ?? detail,
  refused: (status) => `Der Server antwortete mit ${status}.`,
}
