/** Recordings in a bucket of an S3-compatible store, under the names that they have in a folder. */
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { HeldBytes } from '../../store/engagement-writer.ts'
import { hashFile } from '../hash-file.ts'
import type { HeldMedia } from '../held-media.ts'
import { MediaFailure } from '../media-failure.ts'
import { nameOf, peaksEnding, recordingIdOf } from '../media-names.ts'
import { sniffMediaType } from '../media-type-of.ts'
import { asking, type BucketLimits, bucketLimits, createBucketClient } from './bucket-client.ts'
import type { BucketSettings } from './bucket-settings.ts'
import { checkedBytes } from './checked-bytes.ts'
import { readObject } from './read-object.ts'

/** Of a recording that is sent; two are under way at once, so that memory does not grow with it. 10,000 of them are allowed. */
const partBytes = 8 * 1024 * 1024

/** @param dataDir where recordings lie while they are measured */
export function openMediaBucket(
  settings: BucketSettings,
  dataDir: string,
  limits: BucketLimits = bucketLimits,
): HeldMedia {
  const client = createBucketClient(settings, limits, limits.answerMs)
  const uploader = createBucketClient(settings, limits, limits.uploadMs)
  const Bucket = settings.bucket
  const placeOf = (tenant: string, bytes: HeldBytes, ending = '') => ({
    Bucket,
    Key: `${settings.prefix}${nameOf(tenant, bytes)}${ending}`,
  })
  type Place = ReturnType<typeof placeOf>
  const peaksPlaceOf = (tenant: string, bytes: HeldBytes) => placeOf(tenant, bytes, peaksEnding)

  const sizeAt = async (place: Place, signal?: AbortSignal): Promise<number> => {
    const command = new HeadObjectCommand(place)
    const asked = client.send(command, signal && { abortSignal: signal })
    const { ContentLength: size } = await asking(`HEAD ${Bucket}/${place.Key}`, asked)
    if (size === undefined) throw new MediaFailure('refused', `HEAD ${Bucket}/${place.Key}: told no size`)
    return size
  }
  const removeAt = (place: Place) =>
    asking(`DELETE ${Bucket}/${place.Key}`, client.send(new DeleteObjectCommand(place)))

  const openToRead: HeldMedia['openToRead'] = async (tenant, recording, signal) => ({
    size: recording.size,
    // Each answer tells how many bytes there are: another number is an error.
    read: (range) => readObject(client, placeOf(tenant, recording), range, recording.size, limits, signal),
    async close() {},
  })

  return {
    idOf: recordingIdOf,
    openToRead,
    async open(tenant, recording, signal) {
      const place = placeOf(tenant, recording)
      const size = await sizeAt(place, signal)
      if (size !== recording.size)
        throw new MediaFailure('damaged', `${Bucket}/${place.Key} has ${size} bytes, not ${recording.size}`)
      return openToRead(tenant, recording, signal)
    },
    async openFile(tenant, recording) {
      const bytes = await openToRead(tenant, recording)
      const folder = path.join(dataDir, 'measured')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = path.join(folder, randomBytes(8).toString('hex'))
      const file = await open(name, 'wx+', 0o600)
      try {
        // It has no name from here on, and is gone with whoever reads it, however that ends.
        await rm(name)
        const all = bytes.read({ first: 0, last: bytes.size - 1 })
        for await (const piece of checkedBytes(all, recording, placeOf(tenant, recording).Key))
          await file.writeFile(piece)
        return file
      } catch (error) {
        await file.close()
        throw error
      }
    },
    async takeIn(tenant, engagementId, name, file, known) {
      const mediaType = known ?? (await sniffMediaType(file, name))
      const id = recordingIdOf(tenant, engagementId, name)
      const { sha256, size } = await hashFile(file)
      const place = placeOf(tenant, { id, sha256 })
      const there = await sizeAt(place).catch(unlessMissing)
      if (there !== size) {
        // A file that changes meanwhile ends in an error, and what ends so is never put together.
        const Body = Readable.from(checkedBytes(createReadStream(file), { sha256, size }, name))
        let unread: unknown
        Body.once('error', (error) => {
          if (error.name !== 'AbortError') unread = error
        })
        const upload = new Upload({
          client: uploader,
          params: { ...place, Body, ContentType: mediaType },
          partSize: partBytes,
          queueSize: 2,
        })
        await asking(`PUT ${Bucket}/${place.Key}`, upload.done()).catch((error: unknown) => {
          // What follows from it, such as taking back what was sent, is not the reason.
          throw unread ?? error
        })
        const kept = await sizeAt(place)
        if (kept !== size)
          throw new MediaFailure('damaged', `PUT ${Bucket}/${place.Key}: kept ${kept} bytes of ${size}`)
      }
      return { id, mediaType, size, sha256 }
    },
    async keptPeaks(tenant, bytes) {
      const place = peaksPlaceOf(tenant, bytes)
      const asked = client.send(new GetObjectCommand(place)).then(({ Body }) => Body?.transformToString())
      return asking(`GET ${Bucket}/${place.Key}`, asked).catch(unlessMissing)
    },
    async keepPeaks(tenant, bytes, text) {
      const place = peaksPlaceOf(tenant, bytes)
      const put = new PutObjectCommand({ ...place, Body: text, ContentType: 'application/json' })
      await asking(`PUT ${Bucket}/${place.Key}`, client.send(put))
      // A removal in between took the bytes first: of what is removed nothing stays.
      const there = await sizeAt(placeOf(tenant, bytes)).catch(unlessMissing)
      if (there === undefined) await removeAt(place)
    },
    async remove(tenant, bytes) {
      await removeAt(placeOf(tenant, bytes))
      await removeAt(peaksPlaceOf(tenant, bytes))
    },
    async *files(signal) {
      const asked = { Bucket, Prefix: settings.prefix }
      for (let next: string | undefined, more = true; more; more = next !== undefined) {
        const command = new ListObjectsV2Command({ ...asked, ContinuationToken: next })
        const listed = client.send(command, { abortSignal: signal })
        const answer = await asking(`GET ${Bucket}/${asked.Prefix}`, listed)
        next = answer.IsTruncated ? answer.NextContinuationToken : undefined
        for (const { Key = '', Size: size = 0, LastModified } of answer.Contents ?? []) {
          const remove = async () => void (await removeAt({ Bucket, Key }))
          const name = Key.slice(asked.Prefix.length)
          yield { name, size, writtenMs: LastModified?.getTime() ?? Date.now(), remove }
        }
      }
    },
    async close() {
      client.destroy()
      uploader.destroy()
    },
  }
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof MediaFailure && error.kind === 'missing')) throw error
}
