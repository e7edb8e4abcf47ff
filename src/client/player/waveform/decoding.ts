/** What the page and the decoding worker say to each other. */

/** The first and only message to the worker: what to decode. */
export interface DecodeTask {
  readonly src: string
  /** Decoding ends where the recording turns out to be longer or larger. */
  readonly longestSeconds: number
  readonly mostBytes: number
}

/** `levels` come in order, each with those that follow the ones before; then one `end`. */
export type DecodeReport =
  | { readonly kind: 'levels'; readonly levels: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly how: DecodeEnd }

/** `too-long`: beyond the task's limits. `cannot`: not a kind this browser decodes, or it could not be read. */
export type DecodeEnd = 'whole' | 'too-long' | 'cannot'
