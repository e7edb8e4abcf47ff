/** What the environment says of where recordings are kept, read strictly. */
import type { BucketSettings } from './s3/bucket-settings.ts'

/** `s3://bucket` or `s3://bucket/prefix`. */
export function parseRecordingsUrl(text: string): Pick<BucketSettings, 'bucket' | 'prefix'> | undefined {
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text) ?? []
  if (bucket === undefined) return undefined
  if (prefix === '') return { bucket, prefix }
  const parts = prefix.replace(/\/$/, '').split('/')
  const plain = parts.every((part) => /^[\w.-]{1,128}$/.test(part) && !/^\.+$/.test(part))
  return plain ? { bucket, prefix: `${parts.join('/')}/` } : undefined
}

export function parseRegion(text: string): string | undefined {
  return /^[a-z0-9-]{1,64}$/i.test(text) ? text : undefined
}

/** It goes into a header. */
export function parseAccessKey(text: string): string | undefined {
  return /^[!-~]{1,1024}$/.test(text) ? text : undefined
}
