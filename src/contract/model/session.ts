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

export const sessionInfo = z.object({
  /** Absent when nobody is signed in. */
  user: z.optional(z.object({ tenant: z.string(), email: z.string(), role: z.enum(roles) })),
})

/** The answer of `GET /session` and `POST /session`. */
export type SessionInfo = z.infer<typeof sessionInfo>
