/** Comparing entity tags (RFC 9110, sections 8.8.3 and 13.1). Ours are strong. */

/** `If-None-Match`: weak comparison against a list, or `*`. */
export function noneMatch(header: string | undefined, etag: string): boolean {
  if (header === undefined) return true
  return header.trim() !== '*' && !tagsIn(header).some((tag) => tag.replace(/^W\//, '') === etag)
}

/** `If-Match`: strong comparison against a list, or `*`. */
export function anyMatch(header: string | undefined, etag: string): boolean {
  return header === undefined || header.trim() === '*' || tagsIn(header).includes(etag)
}

/** `If-Range`: the range counts only when the tag is strongly the same. A date never is: ours have no trustworthy one. */
export function ifRangeHolds(header: string | undefined, etag: string): boolean {
  return header === undefined || header.trim() === etag
}

/** A comma may stand inside a tag. */
function tagsIn(header: string): readonly string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? []
}
