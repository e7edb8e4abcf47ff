/** Parts of a recording and texts between them: what an answer of one or of several ranges is made of. */
import type { ServerResponse } from 'node:http'
import type { ByteRange } from './byte-range.ts'
import type { OpenBytes } from './held-media.ts'

export type BytePiece = ByteRange | Buffer

/** The bytes of all pieces, one after the other. @throws when the recording gives fewer than they say */
export async function* readPieces(
  bytes: OpenBytes,
  pieces: readonly BytePiece[],
): AsyncGenerator<Uint8Array, void> {
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) yield piece
    else yield* bytes.read(piece)
  }
}

/** Bytes of all pieces together. */
export function piecesLength(pieces: readonly BytePiece[]): number {
  return pieces.reduce((sum, piece) => sum + lengthOf(piece), 0)
}

function lengthOf(piece: BytePiece): number {
  return Buffer.isBuffer(piece) ? piece.length : piece.last - piece.first + 1
}

/** Resolves when the bytes have left the process. A response whose connection is gone would keep silent for ever. */
export function written(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error('the connection ended before the answer'))
    if (response.destroyed) return gone()
    response.once('close', gone)
    response.write(bytes, (error) => {
      response.off('close', gone)
      if (error) reject(error)
      else resolve()
    })
  })
}
