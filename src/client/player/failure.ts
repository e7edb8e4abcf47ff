/** Why a recording cannot be heard, in words. */
import { playerTexts } from '../texts/en/player.ts'

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
  readonly wayOn: 'retry' | 'sign-in' | 'load-whole'
}

/** @param errorCode the media element's `error.code` */
export function failureOf(answer: Answer, errorCode: number | undefined): Failure {
  const signedOut = answer.kind === 'answered' && answer.status === 401
  return { words: failureWords(answer, errorCode), wayOn: signedOut ? 'sign-in' : 'retry' }
}

/** A server that sends recordings from their beginning alone. */
export function withoutRanges(): Failure {
  return { words: playerTexts().fromBeginningOnly, wayOn: 'load-whole' }
}

function failureWords(answer: Answer, errorCode: number | undefined): string {
  const texts = playerTexts()
  if (answer.kind === 'unreachable') return texts.unreachable
  const { status, mediaType } = answer
  if (status === 401) return texts.signedOut
  if (status === 403) return texts.forbidden
  if (status === 404 || status === 410) return texts.gone
  if (status >= 300) return texts.notSent(status)
  if (errorCode === brokeOff) return texts.brokeOff
  return errorCode === cannotDecode ? texts.damaged(mediaType) : texts.unknownKind(mediaType)
}

/**
 * The element retries by itself once, and once more only after it got well past the place where it failed: a dropped
 * connection in a long recording deserves it each time, a damaged place never does.
 */
export function mayRetry(failedAtSeconds: number, lastRetryAtSeconds: number | undefined): boolean {
  return lastRetryAtSeconds === undefined || failedAtSeconds > lastRetryAtSeconds + 5
}
