/** The query of `GET /v1/auth/{tenant}`. */
import { defineQuery, type ValuesOf } from './define-query.ts'
import { text, word } from './param.ts'

const longestSecret = 4096

export const authQuery = defineQuery(
  {
    grant_type: {
      ...word(
        ['password', 'client_credentials'],
        undefined,
        'password for a user, client_credentials for a program (ours).',
      ),
      needed: true,
    },
    domain_name: text(
      'a domain name',
      'Accepted as the reference has it; the tenant in the path is what counts (ours).',
    ),
    credentials: text('base64 of clientId:clientSecret', 'The program that asks on behalf of a user.', {
      longest: longestSecret,
    }),
    state: text('any text', 'Given back as it came.', { longest: longestSecret }),
  },
  [
    {
      parameter: 'grant_type',
      broken: (_, given) =>
        given.has('grant_type')
          ? undefined
          : 'missing; expected grant_type=password or grant_type=client_credentials',
    },
  ],
)

export type AuthQuery = ValuesOf<typeof authQuery.params>
