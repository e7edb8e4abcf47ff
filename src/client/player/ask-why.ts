/** A media element only tells that it failed. The same address, asked for without its bytes, tells why. */
import type { Answer } from './failure.ts'

const patienceMs = 10_000

/** @throws the signal's reason when it is aborted */
export async function askWhy(src: string, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(src, {
      method: 'HEAD',
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    })
    const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim()
    return { kind: 'answered', status: response.status, mediaType: mediaType || undefined }
  } catch {
    signal.throwIfAborted()
    return { kind: 'unreachable' }
  }
}
