/** A bucket of an S3-compatible store, and who we are there. */
export interface BucketSettings {
  readonly bucket: string
  /** Before all names in it, such as `hindsight/`; empty: none. */
  readonly prefix: string
  /** Absent: that of Amazon for the region. */
  readonly endpoint: URL | undefined
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}
