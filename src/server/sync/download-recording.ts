/** One recording from where it lies into a file here: whole and of the right size, or not at all. */
import { SourceFailure } from '../source/source-failure.ts'
import type { OpenRecording } from '../source/upstream/upstream-recordings.ts'
import type { HalfFile, Noted } from './half-files.ts'
import type { UpstreamHistory } from './upstream-history.ts'

export interface Downloaded {
  readonly size: number
  /** As its host says. */
  readonly mediaType: string
}

/** A recording that is not to be had; the message says why. */
export class MissingRecording extends Error {}

const unnamed = 'application/octet-stream'

/**
 * @param told the size that the engagement states, in bytes
 * @param received told of bytes as they come
 * @throws MissingRecording, SourceFailure; NotAllowed for an address that is not asked
 */
export async function downloadRecording(
  history: Pick<UpstreamHistory, 'openRecording' | 'patiently'>,
  uri: string,
  half: HalfFile,
  {
    told,
    signal,
    received,
  }: {
    readonly told: number | undefined
    readonly signal: AbortSignal
    readonly received: (bytes: number) => void
  },
): Promise<Downloaded> {
  let grew = false
  const downloaded = await history.patiently(
    () => {
      grew = false
      return once()
    },
    () => grew,
  )
  if (told === undefined || told === downloaded.size) return downloaded
  await half.remove()
  throw new MissingRecording(`has ${downloaded.size} bytes, where the engagement says ${told}`)

  async function once(): Promise<Downloaded> {
    const begun = await half.begun(placeOf(uri))
    const recording = await history.openRecording(
      uri,
      {
        method: 'GET',
        range: begun && `bytes=${begun.bytes}-`,
        ifRange: begun?.of.etag,
        ifNoneMatch: undefined,
      },
      signal,
    )
    if (recording === undefined) {
      await half.remove()
      throw new MissingRecording('is not there any more')
    }
    try {
      return await take(recording, begun)
    } finally {
      recording.body.destroy()
    }
  }

  async function take(
    { status, headers, body, failure }: OpenRecording,
    begun: { readonly bytes: number; readonly of: Noted } | undefined,
  ): Promise<Downloaded> {
    // The half one turns out to be the whole: the process ended before it was taken in.
    if (status === 416 && begun !== undefined && headers['content-range'] === `bytes */${begun.bytes}`)
      return { size: begun.bytes, mediaType: begun.of.mediaType }
    if (status !== 200 && status !== 206) {
      await half.remove()
      throw new SourceFailure('unreachable', `the host answered ${status} to a part of a recording`)
    }
    const { etag, 'content-type': mediaType = unnamed } = headers
    if (status === 206) {
      const [, first, size] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? []
      if (begun === undefined || Number(first) !== begun.bytes || etag !== begun.of.etag) {
        await half.remove()
        throw new SourceFailure('unreachable', 'the host sent another part of a recording than was asked for')
      }
      await append(body, failure)
      return whole(size === '*' ? undefined : Number(size), begun.of.mediaType)
    }
    await half.begin(etag === undefined ? undefined : { place: placeOf(uri), etag, mediaType })
    await append(body, failure)
    const length = headers['content-length']
    return whole(length === undefined ? undefined : Number(length), mediaType)
  }

  async function append(body: OpenRecording['body'], failure: OpenRecording['failure']): Promise<void> {
    try {
      await half.append(body, (bytes) => {
        grew = true
        received(bytes)
      })
    } catch (error) {
      signal.throwIfAborted()
      throw isOfTheDisk(error) ? error : failure(error)
    }
  }

  async function whole(size: number | undefined, mediaType: string): Promise<Downloaded> {
    const there = await half.bytes()
    if (size !== undefined && there !== size)
      throw new SourceFailure('unreachable', `a recording ended after ${there} of ${size} bytes`)
    return { size: there, mediaType }
  }
}

/** Addresses may be signed anew each time: what follows the path says who asks, more often than what for. */
function placeOf(uri: string): string {
  const { origin, pathname } = new URL(uri)
  return origin + pathname
}

/** Asking the host again would not help. */
function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'write'
}
