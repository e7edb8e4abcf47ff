/**
 * Pages as they were sent, for whoever asks the same next. They are known by what was asked and the version of the tenant's data
 * that was current before they were read, so a page of older data is never found: nobody asks for its version again.
 */
import type { FastifyRequest } from 'fastify'
import type { ContentCoding } from './content-coding.ts'

/** One page in the codings it was sent in. */
export interface RenderedPage {
  readonly text: string
  /** The value of `Link`, where there is one. */
  readonly link: string | undefined
  bytes(coding: ContentCoding | 'identity'): Buffer | undefined
  keep(coding: ContentCoding | 'identity', bytes: Buffer): void
}

export interface RenderedPages {
  find(key: string): RenderedPage | undefined
  /** Kept when it is asked for the second time: most questions are asked once, and what is kept costs memory. */
  offer(key: string, page: Pick<RenderedPage, 'text' | 'link'>): void
}

const usualBytes = 16 * 1024 * 1024
const mostAsked = 1000
/** In characters. Longer ones are never kept: what was asked has to be remembered, and addresses may be of any length. */
const longestKey = 4096

interface Kept extends RenderedPage {
  size: number
}

/** @param mostBytes of all pages together; those that were not asked for the longest go first */
export function createRenderedPages(mostBytes = usualBytes): RenderedPages {
  const pages = new Map<string, Kept>()
  const asked = new Set<string>()
  let size = 0
  const grow = (page: Kept, bytes: number) => {
    page.size += bytes
    size += bytes
    for (const [key, oldest] of pages) {
      if (size <= mostBytes) break
      pages.delete(key)
      size -= oldest.size
    }
  }

  return {
    find(key) {
      const page = pages.get(key)
      if (page === undefined) return undefined
      pages.delete(key)
      pages.set(key, page)
      return page
    },
    offer(key, { text, link }) {
      // Of many who ask at the same time several have read it before it was kept.
      if (key.length > longestKey || pages.has(key)) return
      if (!asked.delete(key)) {
        const [oldest] = asked
        if (asked.size >= mostAsked && oldest !== undefined) asked.delete(oldest)
        asked.add(key)
        return
      }
      const coded = new Map<string, Buffer>()
      const page: Kept = {
        text,
        link,
        size: 0,
        bytes: (coding) => coded.get(coding),
        keep(coding, bytes) {
          coded.set(coding, bytes)
          // One that had to go meanwhile counts no more.
          if (pages.get(key) === page) grow(page, bytes.length)
        },
      }
      pages.set(key, page)
      grow(page, text.length)
    },
  }
}

/** Whether the caller wants nothing that was kept: one directive of several, in whatever letter case (RFC 9111, section 5.2). */
export function wantsAnew({ headers }: FastifyRequest): boolean {
  const given = headers['cache-control']
  return given !== undefined && /(?:^|,)\s*no-cache\s*(?:,|$)/i.test(given)
}

/** The value of `Cache-Status`: RFC 9211. */
export function cacheStatus(hit: boolean, anew: boolean): string {
  if (hit) return 'Hindsight; hit'
  return anew ? 'Hindsight; fwd=request' : 'Hindsight; fwd=miss'
}
