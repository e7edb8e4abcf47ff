/** A request as it is, for tests: nothing is added to its headers, and the answer's body stays as it came. */
import { type IncomingHttpHeaders, request } from 'node:http'

export interface RawAnswer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export function rawRequest(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
  body?: string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers: { ...headers } }, (response) => {
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('error', reject)
        .on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }),
        )
    })
      .on('error', reject)
      .end(body)
  })
}
