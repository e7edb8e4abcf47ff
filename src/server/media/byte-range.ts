/**
 * `Range: bytes=…` (RFC 9110, section 14). A unit we do not know, a text that is no list of ranges and a list that is
 * longer than anybody needs mean the whole.
 */

export interface ByteRange {
  /** First and last byte, both inclusive. */
  readonly first: number
  readonly last: number
}

/** More are asked for by nobody but somebody who wants us to work (section 17.15). */
const mostRanges = 64

/**
 * The ranges to send, without those that lie outside and with those that touch made one, in the order asked for.
 * @param size of the whole, bytes
 */
export function parseByteRanges(
  header: string | undefined,
  size: number,
): readonly [ByteRange, ...ByteRange[]] | 'whole' | 'unsatisfiable' {
  const [, list] = /^\s*bytes\s*=(.*)$/i.exec(header ?? '') ?? []
  // Empty elements of a list are to be ignored (section 5.6.1.2).
  const specs = list?.split(',').flatMap((text) => text.trim() || []) ?? []
  if (specs.length === 0 || specs.length > mostRanges) return 'whole'
  const ranges: ByteRange[] = []
  for (const spec of specs) {
    const range = parseRange(spec, size)
    if (range === 'whole') return 'whole'
    if (range !== 'outside') ranges.push(range)
  }
  const [first, ...others] = coalesce(ranges)
  return first === undefined ? 'unsatisfiable' : [first, ...others]
}

function parseRange(spec: string, size: number): ByteRange | 'outside' | 'whole' {
  const [, from = '', to = ''] = /^(\d*)-(\d*)$/.exec(spec) ?? []
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const length = Number(to)
    if (length === 0) return 'outside'
    // The last bytes of nothing are nothing, which no Content-Range can say.
    if (size === 0) return 'whole'
    // More than there are is all there are.
    return { first: Math.max(0, size - length), last: size - 1 }
  }
  // Ends before it begins: not a range at all. Beyond 2^53 numbers would no longer tell.
  if (to !== '' && BigInt(to) < BigInt(from)) return 'whole'
  const first = Number(from)
  if (first >= size) return 'outside'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}

/** What overlaps or touches becomes one, standing where its earliest part was asked for. */
function coalesce(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const joined: { first: number; last: number; place: number }[] = []
  const ordered = ranges.map((range, place) => ({ ...range, place })).sort((a, b) => a.first - b.first)
  for (const range of ordered) {
    const before = joined.at(-1)
    if (before === undefined || range.first > before.last + 1) joined.push(range)
    else {
      before.last = Math.max(before.last, range.last)
      before.place = Math.min(before.place, range.place)
    }
  }
  return joined.sort((a, b) => a.place - b.place).map(({ first, last }) => ({ first, last }))
}
