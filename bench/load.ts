/** How many requests a second, and how long one takes. */
import { Agent, get } from 'node:http'
import autocannon from 'autocannon'

export const usualConnections = 8

/** Requests a second over a few seconds. @throws when any answer was not of the status expected */
export async function requestsPerSecond(
  url: string,
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
  how: { readonly expected?: 200 | 304; readonly connections?: number } = {},
): Promise<number> {
  const { expected = 200, connections = usualConnections } = how
  const result = await autocannon({ url, connections, duration: seconds, headers: { ...headers } })
  const answers = result.requests.total
  const right = result.statusCodeStats?.[`${expected}`]?.count ?? 0
  if (right < answers || result.errors > 0)
    throw new Error(`${url}: ${answers - right} answers were no ${expected}, ${result.errors} failed`)
  return answers / result.duration
}

/** Median of one request after another on one connection, milliseconds. */
export async function medianMs(
  url: string,
  times: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  return median(
    await eachMs(
      Array.from({ length: times }, () => url),
      headers,
    ),
  )
}

/** How long each took, one after another on one connection, milliseconds. */
export async function eachMs(
  urls: Iterable<string>,
  headers: Readonly<Record<string, string>> = {},
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const taken: number[] = []
  for (const url of urls) {
    const started = performance.now()
    await fetchWhole(url, headers, agent)
    taken.push(performance.now() - started)
  }
  agent.destroy()
  return taken
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param share from 0 to below 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}

function fetchWhole(url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { ...headers }, agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      response.resume().once('end', resolve)
    }).once('error', reject)
  })
}
