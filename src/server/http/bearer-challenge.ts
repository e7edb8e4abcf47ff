/** What goes with a refusal of whoever may not (RFC 6750, section 3): the header of a 401, and of a 403 for a good token. */

/** @param error absent: nobody has tried with a token */
export function bearerChallenge(error?: 'invalid_token' | 'insufficient_scope'): {
  readonly 'www-authenticate': string
} {
  const told = error === undefined ? '' : `, error="${error}"`
  return { 'www-authenticate': `Bearer realm="hindsight"${told}` }
}
