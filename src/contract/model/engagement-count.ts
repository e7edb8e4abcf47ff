/** How many engagements match: the answer of `GET /v1/engagements/count/{tenant}` (ours). */
import * as z from 'zod/mini'

export const engagementCountV1 = z.object({ count: z.number() })

export type EngagementCountV1 = z.infer<typeof engagementCountV1>
