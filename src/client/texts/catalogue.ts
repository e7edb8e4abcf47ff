/** All texts of the page: what a language has to say. A text that is missing, or takes other values, does not compile. */
import type { SessionTexts } from './en/session.ts'

export interface Catalogue {
  readonly session: SessionTexts
}
