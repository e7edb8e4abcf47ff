/** One request to our own server: a model, or an ApiError that says what happened. */
import type { Problem } from '../../contract/problem.ts'
import { apiTexts } from '../texts/en/api.ts'

/** What happened in words: the server's own where the texts' language has none for it. */
export class ApiError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  readonly problem: Problem | undefined

  constructor(status: number, message: string, body?: Problem) {
    super(message)
    this.status = status
    this.problem = body
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
  if (!response.ok) throw problemOf(response.status, body)
  try {
    return read(body, response.headers)
  } catch (error) {
    throw new ApiError(response.status, apiTexts().notUnderstood(String(error)))
  }
}

/** Why an answer that is no JSON of ours was refused. */
export async function refusalOf(response: Response): Promise<ApiError> {
  return problemOf(response.status, await readBody(response).catch(() => undefined))
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

function problemOf(status: number, body: unknown): ApiError {
  const known =
    typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
  if (!known) return new ApiError(status, apiTexts().refused(status))
  const problem = body as Problem
  return new ApiError(status, apiTexts().problem(problem), problem)
}
