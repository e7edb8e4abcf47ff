/** Several ranges as one body of `multipart/byteranges` (RFC 9110, section 14.6). */
import { randomBytes } from 'node:crypto'
import type { BytePiece } from './byte-pieces.ts'
import type { ByteRange } from './byte-range.ts'

export function multipartRanges(
  ranges: readonly ByteRange[],
  { size, mediaType }: { readonly size: number; readonly mediaType: string },
): { readonly contentType: string; readonly pieces: readonly BytePiece[] } {
  // Nobody can put a boundary into a recording that is made up for this answer.
  const boundary = randomBytes(18).toString('hex')
  const pieces = ranges.flatMap((range, index): BytePiece[] => [
    Buffer.from(
      `${index === 0 ? '' : '\r\n'}--${boundary}\r\n` +
        `Content-Type: ${mediaType}\r\nContent-Range: ${contentRange(range, size)}\r\n\r\n`,
    ),
    range,
  ])
  return {
    contentType: `multipart/byteranges; boundary=${boundary}`,
    pieces: [...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)],
  }
}

export function contentRange({ first, last }: ByteRange, size: number): string {
  return `bytes ${first}-${last}/${size}`
}
