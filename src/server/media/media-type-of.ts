/** The media type of a recording's file: by its name or by what was told of it, and only when its first bytes agree. */
import { open } from 'node:fs/promises'
import path from 'node:path'

interface Kind {
  readonly mediaType: string
  /** Whether a file's first 16 bytes are of this kind. */
  begins(head: Buffer): boolean
}

const isWebm = (head: Buffer) => head.readUInt32BE(0) === 0x1a45dfa3
const isMp4 = (head: Buffer) => head.toString('latin1', 4, 8) === 'ftyp'
const isOgg = (head: Buffer) => head.toString('latin1', 0, 4) === 'OggS'
const isMp3 = (head: Buffer) =>
  head.toString('latin1', 0, 3) === 'ID3' || (head.readUInt16BE(0) & 0xffe0) === 0xffe0
const isWav = (head: Buffer) =>
  head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE'
const isFlac = (head: Buffer) => head.toString('latin1', 0, 4) === 'fLaC'

/** A WebM or MP4 file may hold sound alone; a browser plays it either way under the video type. */
const kinds: Readonly<Record<string, Kind>> = {
  webm: { mediaType: 'video/webm', begins: isWebm },
  weba: { mediaType: 'audio/webm', begins: isWebm },
  mp4: { mediaType: 'video/mp4', begins: isMp4 },
  m4v: { mediaType: 'video/mp4', begins: isMp4 },
  mov: { mediaType: 'video/quicktime', begins: isMp4 },
  m4a: { mediaType: 'audio/mp4', begins: isMp4 },
  mp3: { mediaType: 'audio/mpeg', begins: isMp3 },
  ogg: { mediaType: 'audio/ogg', begins: isOgg },
  oga: { mediaType: 'audio/ogg', begins: isOgg },
  opus: { mediaType: 'audio/ogg', begins: isOgg },
  wav: { mediaType: 'audio/wav', begins: isWav },
  flac: { mediaType: 'audio/flac', begins: isFlac },
}

const headBytes = 16

/** Where it is not the second word of the type. */
const extensions: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'video/quicktime': 'mov',
}

/** What a recording is to be called when it is saved, so that whoever opens it has a program that knows it. */
export function extensionOf(mediaType: string): string {
  return extensions[mediaType] ?? /^(?:audio|video)\/(?:x-)?(\w+)/.exec(mediaType)?.[1] ?? 'bin'
}

/** @throws when the extension is none we know, or the bytes are of another kind */
export async function sniffMediaType(file: string, name: string): Promise<string> {
  const extension = path.extname(name).slice(1).toLowerCase()
  const kind = Object.hasOwn(kinds, extension) ? kinds[extension] : undefined
  if (kind === undefined)
    throw new Error(
      `${name} is no recording we can serve: expected one of .${Object.keys(kinds).join(', .')}`,
    )
  if (!kind.begins(await headOf(file)))
    throw new Error(`${name} does not begin like a ${kind.mediaType} file`)
  return kind.mediaType
}

/**
 * For a file whose name says nothing: the type that was told with it where its bytes agree, else what its bytes say.
 * @returns undefined for what is no recording that we can serve
 */
export async function mediaTypeOf(file: string, told: string): Promise<string | undefined> {
  const head = await headOf(file)
  const fitting = Object.values(kinds).filter(({ begins }) => begins(head))
  return (fitting.find(({ mediaType }) => mediaType === told.toLowerCase()) ?? fitting[0])?.mediaType
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    await handle.read(head, 0, headBytes, 0)
    return head
  } finally {
    await handle.close()
  }
}
