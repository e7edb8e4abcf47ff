/** What went wrong between the page and the server, where the server itself said nothing that could be told. */
import { inLanguage } from '../in-language.ts'

const english = {
  unreachable: 'The server cannot be reached.',
  notUnderstood: (why: string) => `The server’s answer was not understood: ${why}`,
  brokeOff: 'The server’s answer broke off.',
  notJson: (status: number) => `The server answered ${status} with something that is not JSON.`,
  refused: (status: number) => `The server answered ${status}.`,
}

export type ApiTexts = typeof english
export const apiTexts = inLanguage('api', english)
