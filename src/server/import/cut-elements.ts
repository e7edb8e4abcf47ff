/** A stream of bytes as the texts of engagements: an XML document, a JSON document or NDJSON, told apart by the first line. */
import { createDocumentCutter } from './document-cutter.ts'
import type { ElementCutter, JsonElement } from './json-element.ts'
import { createLineCutter } from './line-cutter.ts'
import { createXmlCutter } from './xml-cutter.ts'

/** A first line longer than this is taken for a document on one line. */
const longestPeekBytes = 1024 * 1024
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

export async function* cutElements(chunks: AsyncIterable<Buffer>): AsyncGenerator<JsonElement[]> {
  let cutter: ElementCutter | undefined
  let peeked: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    if (cutter) {
      yield cutter.push(chunk)
      continue
    }
    peeked = peeked.length === 0 ? chunk : Buffer.concat([peeked, chunk])
    cutter = chooseCutter(peeked, false)
    if (cutter) yield cutter.push(withoutMark(peeked))
  }
  if (!cutter) {
    cutter = chooseCutter(peeked, true) ?? createDocumentCutter()
    yield cutter.push(withoutMark(peeked))
  }
  yield cutter.end()
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes
}

/** @returns undefined while the first line with anything on it is not there yet */
function chooseCutter(start: Buffer, whole: boolean): ElementCutter | undefined {
  if (start.length < byteOrderMark.length && !whole) return undefined
  const text = withoutMark(start).subarray(0, longestPeekBytes).toString('utf8').trimStart()
  if (text.startsWith('<')) return createXmlCutter()
  const end = text.indexOf('\n')
  if (end < 0 && start.length < longestPeekBytes && !whole) return undefined
  const line = (end < 0 ? text : text.slice(0, end)).trimEnd()
  // A line that is an object of its own begins NDJSON, even when it is broken inside; unless it is the document.
  return line.startsWith('{') && line.endsWith('}') && !isDocument(line)
    ? createLineCutter()
    : createDocumentCutter()
}

function isDocument(line: string): boolean {
  try {
    const parsed: unknown = JSON.parse(line)
    return typeof parsed === 'object' && parsed !== null && 'engagements' in parsed
  } catch {
    // A document broken further on is still told as one, with the line and what is wrong there.
    return /^\{[^{}[\]]*"engagements"\s*:\s*\[/.test(line)
  }
}
