/** SHA-256 and size of files, whatever their size, read piece by piece. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

export interface HashedBytes {
  /** Hexadecimal. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** One for all of a file: a buffer for each piece would be garbage faster than it is collected. */
const pieceBytes = 256 * 1024

export async function hashFile(
  file: string,
  passOn: (piece: Uint8Array) => Promise<void> = async () => {},
): Promise<HashedBytes> {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafeSlow(pieceBytes)
  let size = 0
  const source = await open(file, 'r')
  try {
    for (;;) {
      const { bytesRead } = await source.read(piece, 0, pieceBytes)
      if (bytesRead === 0) break
      const read = piece.subarray(0, bytesRead)
      hash.update(read)
      await passOn(read)
      size += bytesRead
    }
  } finally {
    await source.close()
  }
  return { sha256: hash.digest('hex'), size }
}

/** Copies into a new file, for its owner alone, which is on the disk when this returns. */
export async function copyHashed(from: string, to: string): Promise<HashedBytes> {
  const target = await open(to, 'wx', 0o600)
  try {
    const hashed = await hashFile(from, (piece) => target.writeFile(piece))
    await target.sync()
    return hashed
  } finally {
    await target.close()
  }
}
