/**
 * A file in frames, so that whoever reads it knows how far it is, and that it is whole: a stream of bytes alone tells neither.
 * A frame is one byte of kind, how many rows of the file are in it so far, how many bytes follow (each 32 bits, big end
 * first), and these bytes. Kinds: 1 a part of the file; 2 its end; 3 it broke off, the bytes saying why in UTF-8.
 */

/** Bytes may come in pieces: those of a part are given as they come. */
export type ExportFrame =
  | { readonly kind: 'part'; readonly rows: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly rows: number }
  | { readonly kind: 'broken'; readonly rows: number; readonly bytes: Uint8Array }

const kinds = { part: 1, end: 2, broken: 3 } as const
const headBytes = 9

/** What goes before the bytes of a frame. */
export function frameHead(kind: ExportFrame['kind'], rows: number, length: number): Uint8Array {
  const head = new Uint8Array(headBytes)
  const view = new DataView(head.buffer)
  view.setUint8(0, kinds[kind])
  view.setUint32(1, rows)
  view.setUint32(5, length)
  return head
}

/** Reads frames from chunks however they are cut. @throws when they are none, or go on after their end */
export function createFrameReader(): (chunk: Uint8Array) => ExportFrame[] {
  const head = new Uint8Array(headBytes)
  const view = new DataView(head.buffer)
  let headFilled = 0
  let left = 0
  let why: Uint8Array[] = []
  let ended = false

  return (chunk) => {
    const frames: ExportFrame[] = []
    let at = 0
    while (at < chunk.length) {
      if (ended) throw new Error('the frames go on after their end')
      if (headFilled < headBytes) {
        const taken = Math.min(headBytes - headFilled, chunk.length - at)
        head.set(chunk.subarray(at, at + taken), headFilled)
        headFilled += taken
        at += taken
        if (headFilled < headBytes) break
        left = view.getUint32(5)
      }
      const piece = chunk.subarray(at, at + left)
      at += piece.length
      left -= piece.length
      const [kind, rows] = [view.getUint8(0), view.getUint32(1)]
      if (kind === kinds.part) {
        if (piece.length > 0) frames.push({ kind: 'part', rows, bytes: piece })
      } else if (kind === kinds.broken) {
        why.push(piece)
        if (left === 0) frames.push({ kind: 'broken', rows, bytes: joined(why) })
      } else if (kind === kinds.end && left === 0) {
        frames.push({ kind: 'end', rows })
      } else throw new Error('these are no frames of an export')
      if (left > 0) continue
      ended = kind !== kinds.part
      headFilled = 0
      why = []
    }
    return frames
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
