/** How long an upstream is waited for, how much of it is read, and when it is left alone. */
export interface UpstreamLimits {
  /** Of an answer of text, from the question to its last byte, further tries included. */
  readonly answerMs: number
  readonly connectMs: number
  /** Of a recording, between two pieces that the reader is waiting for. */
  readonly idleMs: number
  /** Of a question that may be asked again; the first one counts. */
  readonly tries: number
  /** Between two of them, at most; they grow from a fraction of it, by chance. */
  readonly pauseMs: number
  /** An upstream that wants to be left alone for no longer is waited for, and then asked again. */
  readonly shortWaitMs: number
  /** Of a page. */
  readonly pageBytes: number
  /** In a row, before the upstream is not asked any more. */
  readonly failures: number
  /** After which one question goes through, to see whether it is back. */
  readonly probeAfterMs: number
  readonly redirects: number
  /** To one host, for texts. */
  readonly connections: number
  /** To one host, for recordings: a player that pauses keeps its own, and pages must not wait for it. */
  readonly recordingConnections: number
}

export const upstreamLimits: UpstreamLimits = {
  answerMs: 10_000,
  connectMs: 3_000,
  idleMs: 30_000,
  tries: 3,
  pauseMs: 400,
  shortWaitMs: 2_000,
  // As much as a single row may have in an import.
  pageBytes: 16 * 1024 * 1024,
  failures: 3,
  probeAfterMs: 5_000,
  redirects: 3,
  connections: 128,
  recordingConnections: 512,
}
