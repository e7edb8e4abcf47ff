/** NDJSON: every line a value of its own, so a broken one costs nothing but itself. */
import { type ElementCutter, type JsonElement, largestElementBytes, tooLarge } from './json-element.ts'

const newline = 0x0a

export function createLineCutter(): ElementCutter {
  let line = 1
  let parts: Buffer[] = []
  let size = 0

  const add = (bytes: Buffer) => {
    size += bytes.length
    if (size <= largestElementBytes) parts.push(bytes)
  }
  const take = (): JsonElement[] => {
    const bytes = parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)
    const oversize = size > largestElementBytes
    parts = []
    size = 0
    if (oversize) return [{ kind: 'damage', line, reason: tooLarge }]
    return isBlank(bytes) ? [] : [{ kind: 'text', line, bytes }]
  }

  return {
    push(chunk) {
      const found: JsonElement[] = []
      let from = 0
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        add(chunk.subarray(from, at))
        found.push(...take())
        line++
        from = at + 1
      }
      if (from < chunk.length) add(chunk.subarray(from))
      return found
    },
    end: take,
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}
