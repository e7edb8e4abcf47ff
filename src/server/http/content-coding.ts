/**
 * Compressed answers, where the caller takes them and there is something to gain. By `node:zlib` itself: @fastify/compress
 * would put a hook before every answer, and streams around bodies that are in memory already.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { readWeights } from '../../contract/representation/media-type.ts'

type ContentCoding = 'br' | 'gzip'

/** Below this the bytes saved are fewer than a packet holds. */
export const smallestCompressed = 1400

// A page shrinks to an eighth at once; slower levels take several times as long for a tenth less.
const brotliQuality = 2
const gzipLevel = 3

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

/** RFC 9110, section 12.5.3. @returns undefined for the body as it is, which every caller takes in the end */
export function chooseContentCoding(acceptEncoding: string | undefined): ContentCoding | undefined {
  if (acceptEncoding === undefined) return undefined
  const weights = readWeights(acceptEncoding)
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  const best: ContentCoding = weightOf('gzip') > weightOf('br') ? 'gzip' : 'br'
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : undefined
}

export function compress(text: string, coding: ContentCoding): Promise<Buffer> {
  const bytes = Buffer.from(text)
  if (coding === 'gzip') return zip(bytes, { level: gzipLevel })
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
}
