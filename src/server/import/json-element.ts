/** The text of one engagement cut out of a file, or why there is none. */
export type JsonElement =
  | { readonly kind: 'text'; readonly line: number; readonly bytes: Buffer }
  | { readonly kind: 'damage'; readonly line: number; readonly reason: string }

/** A larger engagement is refused rather than held. */
export const largestElementBytes = 16 * 1024 * 1024

export const tooLarge = `larger than ${largestElementBytes / 1024 / 1024} MiB`

/** Cuts a stream of bytes into elements, whatever the borders of its chunks. `line` counts from 1. */
export interface ElementCutter {
  push(chunk: Buffer): JsonElement[]
  /** What the end of the stream completes, or leaves broken. */
  end(): JsonElement[]
}
