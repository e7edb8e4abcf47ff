/** The query of `GET /v1/users/{tenant}` (ours): emails seen in a tenant's engagements, for suggestions. */
import { defineQuery, type ValuesOf } from './define-query.ts'
import { text, wholeNumber } from './param.ts'

export const peopleQuery = defineQuery(
  {
    startsWith: text(
      'the first characters of an email address',
      'Only emails that begin so; letter case is ignored.',
    ),
    limit: wholeNumber({ min: 1, max: 50 }, 8, 'Emails to return at most.'),
  },
  [],
)

export type PeopleQuery = ValuesOf<typeof peopleQuery.params>
