/** What went wrong between the page and the server. */
import type { Problem } from '../../../contract/problem.ts'
import { inLanguage } from '../in-language.ts'

const english = {
  unreachable: 'The server cannot be reached.',
  notUnderstood: (why: string) => `The server’s answer was not understood: ${why}`,
  brokeOff: 'The server’s answer broke off.',
  notJson: (status: number) => `The server answered ${status} with something that is not JSON.`,
  /** The server says it in English. */
  problem: ({ detail }: Problem) => detail,
  refused: (status: number) => `The server answered ${status}.`,
}

export type ApiTexts = typeof english
export const apiTexts = inLanguage('api', english)
