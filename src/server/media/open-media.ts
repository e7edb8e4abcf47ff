/** Where recordings are held: in the data folder unless a bucket was chosen. */
import type { HeldMedia } from './held-media.ts'
import { openMediaFolder } from './media-folder.ts'
import type { BucketSettings } from './s3/bucket-settings.ts'

export type RecordingsPlace = { readonly kind: 'folder' } | ({ readonly kind: 'bucket' } & BucketSettings)

interface MediaOptions {
  readonly dataDir: string
  readonly recordings: RecordingsPlace
}

/** Asks nobody yet: a store that cannot be reached is told by what needs it. */
export async function openMedia({ dataDir, recordings }: MediaOptions): Promise<HeldMedia> {
  if (recordings.kind === 'folder') return openMediaFolder(dataDir)
  // Its client takes time and memory, which who keeps recordings in a folder need not have.
  const { openMediaBucket } = await import('./s3/media-bucket.ts')
  return openMediaBucket(recordings, dataDir)
}
