/** One request to our own server: a model, or an ApiError that says what happened. */
import type { Problem } from '../../contract/problem.ts'
import { apiTexts } from '../texts/en/api.ts'

interface Told {
  readonly problem?: Problem | undefined
  readonly retryAfterMs?: number | undefined
}

/** What happened in words: the server's own where the texts' language has none for it. */
export class ApiError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly problem: Problem | undefined
  /** How long the server wants to be left alone, where it says so. */
  readonly retryAfterMs: number | undefined

  constructor(status: number, message: string, { problem, retryAfterMs }: Told = {}) {
    super(message)
    this.status = status
    this.problem = problem
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * @param read turns parsed JSON, and the headers it came with, into the model, or throws
 * @throws ApiError, or the abort's own error when `signal` was aborted
 */
export async function fetchJson<T>(
  path: string,
  read: (body: unknown, headers: Headers) => T,
  init: RequestInit & { readonly signal?: AbortSignal } = {},
): Promise<T> {
  const response = await fetch(path, {
    ...init,
    headers: { accept: 'application/json', ...init.headers },
  }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error
    throw new ApiError(0, apiTexts().unreachable)
  })
  const body: unknown = response.status === 204 ? undefined : await readBody(response)
  if (!response.ok) throw problemOf(response, body)
  try {
    return read(body, response.headers)
  } catch (error) {
    throw new ApiError(response.status, apiTexts().notUnderstood(String(error)))
  }
}

/** Why an answer that is no JSON of ours was refused. */
export async function refusalOf(response: Response): Promise<ApiError> {
  return problemOf(response, await readBody(response).catch(() => undefined))
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => {
    throw new ApiError(0, apiTexts().brokeOff)
  })
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError(response.status, apiTexts().notJson(response.status))
  }
}

function problemOf({ status, headers }: Response, body: unknown): ApiError {
  const known =
    typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
  if (!known) return new ApiError(status, apiTexts().refused(status))
  const problem = body as Problem
  // Ours are in seconds, never dates (RFC 9110, section 10.2.3).
  const retryAfterMs = Number(headers.get('retry-after')) * 1000 || undefined
  return new ApiError(status, apiTexts().problem(problem), { problem, retryAfterMs })
}
