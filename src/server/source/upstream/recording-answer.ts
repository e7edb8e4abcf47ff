/** What another host says of a recording: as much of it as goes on to whoever asked. */

export interface RecordingAnswer {
  readonly status: 200 | 206 | 304 | 416
  /** Those that describe the bytes, and no others. */
  readonly headers: Readonly<Record<string, string>>
}

type Given = Readonly<Record<string, string | string[] | undefined>>

/** Sound, pictures, or bytes of a kind that nobody names; a page that asks to sign in is none of these. */
const playable = /^(?:audio|video)\/[\w.+-]+$|^application\/(?:octet-stream|ogg|mp4)$/i
const unnamed = 'application/octet-stream'
const strongTag = /^"[\x21\x23-\x7e]*"$/

/** @returns or what the host did, to stand after its name */
export function readRecordingAnswer(status: number, given: Given): RecordingAnswer | string {
  const one = (name: string) => {
    const value = given[name]
    return typeof value === 'string' ? value : undefined
  }
  const etag = one('etag')
  const tag = etag !== undefined && strongTag.test(etag) ? { etag } : undefined
  const range = one('content-range')
  if (status === 304) return { status, headers: { ...tag } }
  if (status === 416) {
    const size = /^bytes \*\/\d{1,16}$/.exec(range ?? '')?.[0]
    return { status, headers: size === undefined ? {} : { 'content-range': size } }
  }
  if (status !== 200 && status !== 206) return `answered ${status} to a recording`
  if (one('content-encoding') !== undefined) return 'sent a recording packed, which nobody asked for'
  const [type = unnamed] = (one('content-type') ?? unnamed).split(';', 1)
  if (!playable.test(type.trim())) return `sent ${type.trim()} for a recording`
  const length = one('content-length')
  // Else its end could not be told from its breaking off.
  if (length === undefined && one('transfer-encoding') === undefined)
    return 'sent a recording of no told length'
  if (length !== undefined && !/^\d{1,16}$/.test(length)) return 'sent a recording of no readable length'
  const headers = {
    'content-type': type.trim().toLowerCase(),
    ...(length !== undefined && { 'content-length': length }),
    ...(one('accept-ranges') === 'bytes' && { 'accept-ranges': 'bytes' }),
    ...tag,
  }
  if (status === 200) return { status, headers }
  const [, first, last] = /^bytes (\d{1,16})-(\d{1,16})\/(?:\d{1,16}|\*)$/.exec(range ?? '') ?? []
  const bytes = Number(last) - Number(first) + 1
  if (range === undefined || !(bytes > 0)) return 'sent a part without saying which'
  if (length !== undefined && Number(length) !== bytes) return 'sent another part than it says'
  return { status, headers: { ...headers, 'content-range': range, 'accept-ranges': 'bytes' } }
}
