import type { Catalogue } from '../catalogue.ts'
import { session } from './session.ts'

export const german: Catalogue = { session }
