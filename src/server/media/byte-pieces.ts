/** Parts of an open file and texts between them: what an answer of one or of several ranges is made of. */
import type { FileHandle } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import type { ByteRange } from './byte-range.ts'

export type BytePiece = ByteRange | Buffer

const chunkBytes = 64 * 1024

/**
 * Writes the pieces one after the other, through one buffer that is filled anew once the connection has taken it. A stream
 * would make a buffer for every chunk, and a reader that stalls would leave the megabytes that its connection took before as
 * garbage that nothing collects.
 * @throws when the connection ends early, or the file has become shorter than the pieces say
 */
export async function writePieces(
  response: ServerResponse,
  file: FileHandle,
  pieces: readonly BytePiece[],
): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, Math.max(...pieces.map(lengthOf))))
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) {
      await written(response, piece)
      continue
    }
    for (let at = piece.first; at <= piece.last; ) {
      const length = Math.min(buffer.length, piece.last - at + 1)
      const { bytesRead } = await file.read(buffer, 0, length, at)
      if (bytesRead === 0) throw new Error('a recording has become shorter while it was sent')
      await written(response, buffer.subarray(0, bytesRead))
      at += bytesRead
    }
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
