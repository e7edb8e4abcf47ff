/**
 * Recordings that lie elsewhere: on the upstream, or on hosts that the operator named. Bytes come through as they are asked
 * for; who asks an upstream is the person, and other hosts are told nothing of them.
 */
import type { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import type { Identity, UpstreamAccess } from '../../auth/identity.ts'
import { SourceFailure } from '../source-failure.ts'
import { bearer, refuseDenied } from './ask-as.ts'
import { type AddressRule, checkLiteral, createGuardedAgent } from './guarded-agent.ts'
import type { RecordingAddresses } from './recording-addresses.ts'
import { type RecordingAnswer, readRecordingAnswer } from './recording-answer.ts'
import { discard, send, transportFailure } from './send.ts'
import { createUpstreamCircuit, type UpstreamCircuit } from './upstream-circuit.ts'
import type { UpstreamLimits } from './upstream-limits.ts'

/** As much of a request as another host is told. */
export interface RecordingQuestion {
  readonly method: 'GET' | 'HEAD'
  /** One range of bytes, as `bytes=0-9`, `bytes=5-` or `bytes=-7`. */
  readonly range: string | undefined
  /** A strong ETag, in its quotes. */
  readonly ifRange: string | undefined
  readonly ifNoneMatch: string | undefined
}

export interface UpstreamRecordings {
  /**
   * @param recordingId of an address of ours
   * @param signal ends it, because nobody wants it any more
   * @returns undefined where there is no such recording; the body of another answer has to be read or destroyed
   * @throws SourceFailure
   */
  open(
    identity: Identity,
    recordingId: string,
    question: RecordingQuestion,
    signal: AbortSignal,
  ): Promise<OpenRecording | undefined>
  close(): Promise<void>
}

export interface OpenRecording extends RecordingAnswer {
  readonly body: Readable
  /** What it means that the body failed. */
  failure(error: unknown): SourceFailure
}

interface Options {
  readonly upstream: URL
  readonly addresses: RecordingAddresses
  readonly refused: WeakSet<UpstreamAccess>
  readonly rule: AddressRule
  readonly limits: UpstreamLimits
}

export function createUpstreamRecordings(options: Options): UpstreamRecordings {
  const { upstream, addresses, refused, rule, limits } = options
  // The operator named the upstream, wherever it is; other hosts are named by recordings.
  const own = new Agent({
    connect: { timeout: limits.connectMs },
    connections: limits.recordingConnections,
    pipelining: 1,
  })
  const others = createGuardedAgent(rule, limits)
  const circuits = new Map<string, UpstreamCircuit>()
  const circuitOf = ({ origin, host }: URL): UpstreamCircuit => {
    const circuit = circuits.get(origin) ?? createUpstreamCircuit(host, limits)
    // No more than the operator named.
    circuits.set(origin, circuit)
    return circuit
  }

  const ask = (
    identity: Identity,
    url: URL,
    question: RecordingQuestion,
    { signal, gone }: { readonly signal: AbortSignal; readonly gone: AbortSignal },
  ) => {
    const toUpstream = url.origin === upstream.origin
    const headers = {
      ...asHeaders(question),
      ...(toUpstream && { authorization: bearer(identity.upstream, refused) }),
    }
    return circuitOf(url).ask(identity.tenant, async () => {
      try {
        if (!toUpstream) checkLiteral(url, rule)
        const sent = { url, method: question.method, headers, signal, idleMs: limits.idleMs }
        return await send(toUpstream ? own : others, sent)
      } catch (error) {
        // Whoever left says nothing of how the host is.
        if (gone.aborted) throw new SourceFailure('unreadable', 'nobody waits for the recording any more')
        throw transportFailure(url, error)
      }
    })
  }

  return {
    async open(identity, recordingId, question, gone) {
      let url = addresses.open(identity.tenant, recordingId)
      if (url === undefined) return undefined
      const late = new AbortController()
      const timer = setTimeout(
        () => late.abort(new DOMException('no answer in time', 'TimeoutError')),
        limits.answerMs,
      )
      try {
        const signal = AbortSignal.any([gone, late.signal])
        for (let redirects = 0; ; redirects++) {
          const answer = await ask(identity, url, question, { signal, gone })
          const { statusCode: status } = answer
          const { host } = url
          if (status === 304 || status < 300 || status >= 400) return await opened(answer, url, identity)
          discard(answer)
          if (redirects === limits.redirects)
            throw new SourceFailure('unreadable', `${host} sends from one address to the next`)
          url = URL.parse(String(answer.headers.location ?? ''), url) ?? undefined
          if (url === undefined || url.username !== '' || !addresses.allows(url))
            throw new SourceFailure('unreadable', `${host} sends to a host that is not among those allowed`)
        }
      } finally {
        clearTimeout(timer)
      }
    },
    async close() {
      await Promise.all([own.destroy(), others.destroy()])
    },
  }

  async function opened(
    answer: Dispatcher.ResponseData,
    url: URL,
    { upstream: access }: Identity,
  ): Promise<OpenRecording | undefined> {
    const { statusCode: status, body } = answer
    try {
      if (status === 404 || status === 410) {
        discard(answer)
        return undefined
      }
      if (access !== undefined && url.origin === upstream.origin) refuseDenied(status, access, refused)
      if (status === 401 || status === 403)
        throw new SourceFailure('not-permitted', `${url.host} does not give a recording`)
      const read = readRecordingAnswer(status, answer.headers)
      if (typeof read === 'string') throw new SourceFailure('unreadable', `${url.host} ${read}`)
      // One that is not read to its end fails, and nobody may be listening by then.
      body.on('error', () => {})
      return { ...read, body, failure: (error) => transportFailure(url, error) }
    } catch (error) {
      discard(answer)
      throw error
    }
  }
}

function asHeaders({ range, ifRange, ifNoneMatch }: RecordingQuestion): Record<string, string> {
  return {
    accept: 'audio/*, video/*, application/octet-stream',
    ...(range !== undefined && { range }),
    ...(range !== undefined && ifRange !== undefined && { 'if-range': ifRange }),
    ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
  }
}
