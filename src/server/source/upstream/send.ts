/** One request to a host outside: nothing of what our own callers sent goes with it. */
import { type Dispatcher, errors } from 'undici'
import { SourceFailure } from '../source-failure.ts'
import { AddressRefused } from './guarded-agent.ts'
import { parseRetryAfter } from './retry-after.ts'

export interface Sent {
  readonly url: URL
  readonly method?: 'GET' | 'HEAD'
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** Absent: the signal ends it alone. */
  readonly idleMs?: number
}

/**
 * @returns any answer but those by which a host says that it is not well: its body has to be read, or done away with
 * @throws SourceFailure
 */
export async function send(
  agent: Dispatcher,
  { url, method = 'GET', headers, signal, idleMs = 0 }: Sent,
): Promise<Dispatcher.ResponseData> {
  let answer: Dispatcher.ResponseData
  try {
    answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      // Nothing is unpacked here, so that nothing small can become large.
      headers: { 'user-agent': 'hindsight', 'accept-encoding': 'identity', ...headers },
      signal,
      headersTimeout: 0,
      bodyTimeout: idleMs,
    })
  } catch (error) {
    throw transportFailure(url, error)
  }
  const { statusCode: status } = answer
  if (status !== 429 && status < 500) return answer
  discard(answer)
  const told = answer.headers['retry-after']
  const retryAfterMs = parseRetryAfter(typeof told === 'string' ? told : undefined, Date.now())
  const waits = status === 429 || (status === 503 && retryAfterMs !== undefined)
  throw new SourceFailure(waits ? 'busy' : 'broken', `${url.host} answered ${status}`, { retryAfterMs })
}

/** Ends an answer of which nobody wants the body. */
export function discard({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {})
  body.destroy()
}

const timeouts = [
  errors.ConnectTimeoutError,
  errors.HeadersTimeoutError,
  errors.BodyTimeoutError,
  errors.RequestAbortedError,
]

/** What failed on the way, be it before an answer began or in its middle. */
export function transportFailure({ host }: URL, error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  const named = error instanceof Error ? error : new Error(String(error))
  const code = 'code' in named ? String(named.code) : named.name
  const late =
    timeouts.some((kind) => error instanceof kind) || named.name === 'TimeoutError' || code === 'ETIMEDOUT'
  if (late) return new SourceFailure('late', `${host} did not answer in time`, { cause: error })
  const foul =
    error instanceof AddressRefused || named.name === 'HTTPParserError' || /CERT|TLS|SSL|SIGNED/.test(code)
  return new SourceFailure(
    foul ? 'unreadable' : 'unreachable',
    `${host} failed with ${code}: ${named.message}`,
    {
      cause: error,
    },
  )
}
