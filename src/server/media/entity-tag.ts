/** Comparing entity tags (RFC 9110, sections 8.8.3 and 13.1). */

/** `If-None-Match`: weak comparison against a list, or `*`. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return true
  if (header.trim() === '*') return false
  return !header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** `If-Range`: the range counts only when the tag is strongly the same. A date never is: ours have no trustworthy one. */
export function ifRangeHolds(header: string | undefined, etag: string): boolean {
  return header === undefined || header.trim() === etag
}
