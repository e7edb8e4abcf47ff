/**
 * Compressed answers, where the caller takes them and there is something to gain. By `node:zlib` itself: @fastify/compress
 * would put a hook before every answer, and streams around bodies that are in memory already.
 */
import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import { readWeights } from '../../contract/representation/media-type.ts'

export type ContentCoding = 'br' | 'gzip'

/** Below this the bytes saved are fewer than a packet holds. */
export const smallestCompressed = 1400

/** Up to here, a fraction of a millisecond, the way to another thread and back costs more than the work. */
const largestAtOnce = 256 * 1024

// A page shrinks to an eighth at once; slower levels take several times as long for a tenth less.
const brotliQuality = 2
const gzipLevel = 3
/** 256 KiB, in powers of two: what most pages fit into, and quick to set up. */
const brotliWindow = 18

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)]

/** RFC 9110, section 12.5.3. @returns undefined for the body as it is, which every caller takes in the end */
export function chooseContentCoding(acceptEncoding: string | undefined): ContentCoding | undefined {
  if (acceptEncoding === undefined) return undefined
  const weights = readWeights(acceptEncoding)
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  const best: ContentCoding = weightOf('gzip') > weightOf('br') ? 'gzip' : 'br'
  return weightOf(best) > 0 && weightOf(best) >= (weights.get('identity') ?? 0) ? best : undefined
}

export function compress(text: string, coding: ContentCoding): Buffer | Promise<Buffer> {
  const bytes = Buffer.from(text)
  const atOnce = bytes.length <= largestAtOnce
  if (coding === 'gzip') {
    const options = { level: gzipLevel }
    return atOnce ? gzipSync(bytes, options) : zip(bytes, options)
  }
  const options = {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_LGWIN]: brotliWindow,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }
  return atOnce ? brotliCompressSync(bytes, options) : brotli(bytes, options)
}
