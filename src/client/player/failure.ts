/** Why a recording cannot be heard, in words. */

/** What the server said of the recording's address when the media element failed. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number; readonly mediaType: string | undefined }
  | { readonly kind: 'unreachable' }

/** `MediaError.code`s that tell more than the server's answer does. */
const brokeOff = 2
const cannotDecode = 3

export interface Failure {
  readonly words: string
  /** What may bring it back. */
  readonly wayOn: 'retry' | 'load-whole'
}

/** @param errorCode the media element's `error.code` */
export function failureOf(answer: Answer, errorCode: number | undefined): Failure {
  return { words: failureWords(answer, errorCode), wayOn: 'retry' }
}

/** A server that sends recordings from their beginning alone. */
export const withoutRanges: Failure = {
  words: 'The server sends this recording from its beginning only, so no other place in it can be gone to.',
  wayOn: 'load-whole',
}

function failureWords(answer: Answer, errorCode: number | undefined): string {
  if (answer.kind === 'unreachable') return 'The server cannot be reached.'
  const { status, mediaType } = answer
  if (status === 401) return 'Your session ended. Sign in again, then press Retry.'
  if (status === 403) return 'You may not hear this recording.'
  if (status === 404 || status === 410) return 'This recording is no longer here.'
  if (status >= 300) return `The server could not send this recording (status ${status}).`
  if (errorCode === brokeOff) return 'The connection broke off while this recording was loading.'
  const type = mediaType === undefined ? '' : ` (${mediaType})`
  if (errorCode === cannotDecode)
    return `This recording is damaged, or of a kind that this browser cannot play${type}.`
  return `This browser cannot play this kind of recording${type}.`
}

/**
 * The element retries by itself once, and once more only after it got well past the place where it failed: a dropped
 * connection in a long recording deserves it each time, a damaged place never does.
 */
export function mayRetry(failedAtSeconds: number, lastRetryAtSeconds: number | undefined): boolean {
  return lastRetryAtSeconds === undefined || failedAtSeconds > lastRetryAtSeconds + 5
}
