/** Bytes on their way that have to be those of a known hash. */
import { createHash } from 'node:crypto'
import type { HashedBytes } from '../hash-file.ts'
import { MediaFailure } from '../media-failure.ts'

/** @param name for the log @throws MediaFailure in place of the end, where the bytes were others */
export async function* checkedBytes(
  bytes: AsyncIterable<Uint8Array>,
  { sha256, size }: HashedBytes,
  name: string,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256')
  let passed = 0
  for await (const piece of bytes) {
    hash.update(piece)
    passed += piece.length
    yield piece
  }
  if (passed !== size || hash.digest('hex') !== sha256)
    throw new MediaFailure('damaged', `${name} has other bytes than its hash says`)
}
