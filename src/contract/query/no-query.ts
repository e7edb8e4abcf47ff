/** The query of a resource that takes no parameter at all: any given is refused by name. */
import { defineQuery } from './define-query.ts'

export const noQuery = defineQuery({}, [])
