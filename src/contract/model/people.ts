/** Emails seen in a tenant's engagements: the answer of `GET /v1/users/{tenant}` (ours). */
import * as z from 'zod/mini'

export const peopleV1 = z.object({ users: z.array(z.object({ uri: z.string() })) })

export type PeopleV1 = z.infer<typeof peopleV1>
