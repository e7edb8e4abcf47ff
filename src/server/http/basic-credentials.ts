/** `Authorization: Basic` and the pair it carries (RFC 7617, UTF-8). */
import type { Pair } from '../auth/access.ts'

/** @returns undefined when the text is not base64 of UTF-8 `name:secret` */
export function parsePair(base64: string): Pair | undefined {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'))
    const colon = text.indexOf(':')
    return colon < 1 ? undefined : { name: text.slice(0, colon), secret: text.slice(colon + 1) }
  } catch {
    return undefined
  }
}

export function parseBasic(authorization: string | undefined): Pair | undefined {
  const base64 = /^Basic +([^ ]+) *$/i.exec(authorization ?? '')?.[1]
  return base64 === undefined ? undefined : parsePair(base64)
}
