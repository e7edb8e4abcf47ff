import type { NotFoundTexts } from '../en/not-found.ts'

export const notFound: NotFoundTexts = {
  title: 'Nicht gefunden · Hindsight',
  noSuchPage: 'Diese Seite gibt es nicht',
  engagementsAreAt: ['Gespräche stehen unter ', '.'],
  exampleAddress: '/ihr-mandant/engagements',
  signIn: 'Anmelden',
}
