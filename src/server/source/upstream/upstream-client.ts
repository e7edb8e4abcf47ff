/** Questions to the upstream whose answers are texts: sign-ins, pages, counts. */
import { Agent, type Dispatcher } from 'undici'
import { SourceFailure } from '../source-failure.ts'
import { discard, send, transportFailure } from './send.ts'
import { createUpstreamCircuit } from './upstream-circuit.ts'
import type { UpstreamLimits } from './upstream-limits.ts'

export interface UpstreamQuestion {
  readonly tenant: string
  /** Path and query. */
  readonly path: string
  readonly authorization: string
  readonly mostBytes: number
}

export type UpstreamAnswer =
  | { readonly status: 200; readonly body: unknown }
  /** Whatever it says beside it is nobody's. */
  | { readonly status: number; readonly body?: undefined }

export interface UpstreamClient {
  readonly origin: URL
  /** GET of JSON. @throws SourceFailure where there is no answer to go by */
  ask(question: UpstreamQuestion): Promise<UpstreamAnswer>
  close(): Promise<void>
}

export function createUpstreamClient(origin: URL, limits: UpstreamLimits): UpstreamClient {
  const agent = new Agent({
    connect: { timeout: limits.connectMs },
    connections: limits.connections,
    pipelining: 1,
  })
  const circuit = createUpstreamCircuit(origin.host, limits)
  return {
    origin,
    async ask({ tenant, path, authorization, mostBytes }) {
      const signal = AbortSignal.timeout(limits.answerMs)
      const url = new URL(path, origin)
      const { status, text, contentType } = await circuit.ask(tenant, async () => {
        const headers = { authorization, accept: 'application/json' }
        const answer = await send(agent, { url, headers, signal })
        if (answer.statusCode === 200) return readText(url, answer, mostBytes)
        discard(answer)
        return { status: answer.statusCode, text: undefined, contentType: undefined }
      })
      if (text === undefined) return refusal(url, status)
      return { status: 200, body: parse(url, text, contentType) }
    },
    close: () => agent.destroy(),
  }
}

/** Nothing is followed from here: a password or a token would go with it. */
function refusal({ host }: URL, status: number): UpstreamAnswer {
  if (status >= 400) return { status }
  throw new SourceFailure('unreadable', `${host} answered ${status}, which is no answer to go by`)
}

interface ReadText {
  readonly status: number
  readonly text: string | undefined
  readonly contentType: string | undefined
}

async function readText(url: URL, answer: Dispatcher.ResponseData, mostBytes: number): Promise<ReadText> {
  const { headers, body } = answer
  const tooLarge = () => {
    discard(answer)
    return new SourceFailure('unreadable', `${url.host} answered with more than ${mostBytes} bytes`)
  }
  if (Number(headers['content-length'] ?? 0) > mostBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > mostBytes) throw tooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    throw transportFailure(url, error)
  }
  return {
    status: 200,
    text: new TextDecoder().decode(Buffer.concat(chunks)),
    contentType: String(headers['content-type'] ?? 'no content type').split(';', 1)[0],
  }
}

function parse({ host }: URL, text: string, contentType: string | undefined): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Its text may be anything, an error page with secrets included.
    throw new SourceFailure('unreadable', `${host} answered with ${contentType} that is not JSON`)
  }
}
