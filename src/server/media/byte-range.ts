/** `Range: bytes=…` (RFC 9110, section 14). One range is served; several, or a unit we do not know, mean the whole. */

export interface ByteRange {
  /** First and last byte, both inclusive. */
  readonly first: number
  readonly last: number
}

/** @param size of the whole, bytes */
export function parseByteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '')
  if (!match) return 'whole'
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const length = Number(to)
    // The last N bytes; more than there are is all there are.
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { first: Math.max(0, size - length), last: size - 1 }
  }
  const first = Number(from)
  // Ends before it begins: not a range at all, so it is ignored.
  if (to !== '' && Number(to) < first) return 'whole'
  if (first >= size) return 'unsatisfiable'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
