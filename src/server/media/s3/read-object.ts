/** A range of an object as a stream of pieces, in constant memory: whole, or an error. */
import { addAbortSignal, Readable } from 'node:stream'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { ByteRange } from '../byte-range.ts'
import { MediaFailure } from '../media-failure.ts'
import { contentRange } from '../multipart-ranges.ts'
import { asking, type BucketLimits, failureOf } from './bucket-client.ts'

interface ObjectPlace {
  readonly Bucket: string
  readonly Key: string
}

/**
 * What breaks off is gone on with from where it broke, as long as each try brings something: a store closes the connection of
 * a player that has paused.
 * @param size of the whole object
 * @throws MediaFailure; an AbortError at the signal
 */
export async function* readObject(
  client: S3Client,
  place: ObjectPlace,
  { first, last }: ByteRange,
  size: number,
  { idleMs, resumptions }: BucketLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const asked = `bytes ${first} to ${last} of ${place.Bucket}/${place.Key}`
  let at = first
  for (let tries = 0; at <= last; tries++) {
    const begun = at
    try {
      for await (const piece of readOnce(client, place, { first: at, last }, size, idleMs, signal)) {
        yield piece
        at += piece.length
      }
    } catch (error) {
      if (signal?.aborted || at === begun || tries === resumptions) throw failureOf(asked, error)
    }
  }
}

async function* readOnce(
  client: S3Client,
  place: ObjectPlace,
  range: ByteRange,
  size: number,
  idleMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
  const asked = `GET ${place.Bucket}/${place.Key}`
  const command = new GetObjectCommand({ ...place, Range: `bytes=${range.first}-${range.last}` })
  const { Body: body, ContentRange: given } = await asking(
    asked,
    client.send(command, signal && { abortSignal: signal }),
  )
  if (!(body instanceof Readable)) throw new MediaFailure('refused', `${asked}: an answer without bytes`)
  try {
    if (given !== contentRange(range, size))
      throw new MediaFailure('damaged', `${asked}: gave ${given} for ${contentRange(range, size)}`)
    if (signal !== undefined) addAbortSignal(signal, body)
    let left = range.last - range.first + 1
    for await (const piece of inTime(body, idleMs, asked)) {
      left -= piece.length
      if (left < 0) throw new MediaFailure('damaged', `${asked}: gave more bytes than it said`)
      yield piece
    }
    if (left > 0) throw new MediaFailure('unavailable', `${asked}: broke off ${left} bytes before its end`)
  } finally {
    body.destroy()
  }
}

/** Time runs only while a piece is waited for: a reader that stalls is not the store's fault. */
async function* inTime(body: Readable, idleMs: number, asked: string): AsyncGenerator<Buffer, void> {
  const pieces: AsyncIterator<Buffer> = body[Symbol.asyncIterator]()
  for (;;) {
    const late = setTimeout(
      () => body.destroy(new MediaFailure('unavailable', `${asked}: gave nothing for ${idleMs} ms`)),
      idleMs,
    )
    const { done, value } = await pieces.next().finally(() => clearTimeout(late))
    if (done) return
    yield value
  }
}
