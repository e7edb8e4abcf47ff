/** Signing in: what the page posts to our server, and what it learns of its session. The token itself never reaches it. */
import * as z from 'zod/mini'

const filled = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest))

export const signInRequest = z.strictObject({
  tenant: filled(256),
  email: filled(320),
  password: filled(1024),
})

export type SignInRequest = z.infer<typeof signInRequest>

export const roles = ['supervisor', 'admin'] as const

export type Role = (typeof roles)[number]

/**
 * What the engagements may lack that come from another host: resources of ours by the names of their routes, and the
 * parameters and values that it does not know.
 */
export const sourceParts = [
  'count',
  'engagement',
  'users',
  'histogram',
  'sample',
  'export',
  'peaks',
  'audit',
  'views',
  'delete',
  'asOf',
  'status=all',
] as const

export type SourcePart = (typeof sourceParts)[number]

export const sessionInfo = z.object({
  /** Absent when nobody is signed in. */
  user: z.optional(z.object({ tenant: z.string(), email: z.string(), role: z.enum(roles) })),
  /** When the password is needed again, ISO 8601 in UTC; absent: not while the page is in use. */
  ends: z.optional(z.string()),
  /** What cannot be asked for in this tenant, in no order; absent: nothing. */
  lacks: z.optional(z.array(z.enum(sourceParts))),
})

/** The answer of `GET /session` and `POST /session`. */
export type SessionInfo = z.infer<typeof sessionInfo>
