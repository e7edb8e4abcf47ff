/** An address that leads nowhere. */
import { inLanguage } from '../in-language.ts'

const english = {
  title: 'Not found · Hindsight',
  noSuchPage: 'There is no such page',
  /** Before and after an example of an address. */
  engagementsAreAt: ['Engagements are at ', '.'] as readonly [string, string],
  exampleAddress: '/your-tenant/engagements',
  signIn: 'Sign in',
}

export type NotFoundTexts = typeof english
export const notFoundTexts = inLanguage('notFound', english)
