import type { ApiTexts } from '../en/api.ts'

export const api: ApiTexts = {
  unreachable: 'Der Server ist nicht erreichbar.',
  notUnderstood: (why) => `Die Antwort des Servers war nicht zu verstehen: ${why}`,
  brokeOff: 'Die Antwort des Servers brach ab.',
  notJson: (status) => `Der Server antwortete mit ${status} und etwas, das kein JSON ist.`,
  refused: (status) => `Der Server antwortete mit ${status}.`,
}
