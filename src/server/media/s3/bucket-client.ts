/** Asking a bucket: with limits on the time, and with failures in our own words. */
import { S3Client, type S3ClientConfig, S3ServiceException } from '@aws-sdk/client-s3'
import { MediaFailure } from '../media-failure.ts'
import type { BucketSettings } from './bucket-settings.ts'

export interface BucketLimits {
  readonly connectMs: number
  /** From a question to the head of its answer. */
  readonly answerMs: number
  /** From a part of a recording that is sent to the answer. */
  readonly uploadMs: number
  /** Of a recording, between two pieces that a reader is waiting for. */
  readonly idleMs: number
  /** Of a question that failed for now; the first one counts. */
  readonly tries: number
  /** How often one range is gone on with after its connection broke; a paused player's is closed by many stores. */
  readonly resumptions: number
}

export const bucketLimits: BucketLimits = {
  connectMs: 3_000,
  answerMs: 8_000,
  uploadMs: 120_000,
  idleMs: 20_000,
  tries: 2,
  resumptions: 20,
}

export function createBucketClient(
  settings: BucketSettings,
  { connectMs, tries }: BucketLimits,
  answerMs: number,
): S3Client {
  const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY }
  const config: S3ClientConfig = {
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // A store of one's own seldom has a host name for each bucket.
    ...(settings.endpoint && { endpoint: settings.endpoint.href, forcePathStyle: true }),
    // Settings are ours alone, not those that the client would look for by itself.
    ignoreConfiguredEndpointUrls: true,
    maxAttempts: tries,
    // The checksums that Amazon added later are unknown to many stores; what is sent is signed with its SHA-256 in any case.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      // A player that pauses keeps its connection, and nobody else may wait for it.
      httpAgent: agent,
      httpsAgent: agent,
    },
  }
  return new S3Client(config)
}

/**
 * @param asked what of whom, for the log
 * @throws what the client threw, as a MediaFailure; an abort as it is
 */
export async function asking<T>(asked: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw failureOf(asked, error)
  }
}

export function failureOf(asked: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof MediaFailure || error.name === 'AbortError') return error
  // Answers to HEAD have no body that could say more than their status.
  const named = /^(Error|Unknown)$/.test(error.name) ? '' : `${error.name}: `
  const told = `${asked}: ${named}${error.message}`
  if (!(error instanceof S3ServiceException)) return new MediaFailure('unavailable', told)
  const status = error.$metadata.httpStatusCode ?? 0
  const which = `${told} (${status})`
  // A bucket that is not there is no missing recording; what asks for the head alone cannot tell them apart.
  if (status === 404 && error.name !== 'NoSuchBucket') return new MediaFailure('missing', which)
  // Asked for are ranges of what was put in: there is less of it.
  if (status === 416) return new MediaFailure('damaged', which)
  const later = status === 429 || status >= 500 || status === 0
  return new MediaFailure(later ? 'unavailable' : 'refused', which)
}
