/** A small S3 server on a free port of this machine, and what may go wrong with one. */
import { mkdir, mkdtemp, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import S3rver from 's3rver'
import type { BucketSettings } from '../media/s3/bucket-settings.ts'

/** What becomes of questions. */
export type StoreWeather =
  | { readonly kind: 'fine' }
  /** The connection is closed. */
  | { readonly kind: 'down' }
  /** No answer comes. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'status'; readonly status: number; readonly code: string }
  /** Of each object only so many bytes are sent, then the connection is closed, or nothing comes any more. */
  | { readonly kind: 'cut' | 'stalled'; readonly bytes: number }

export interface S3Store {
  readonly settings: BucketSettings
  /** The same for `hindsight`. */
  readonly env: Readonly<Record<string, string>>
  weather: StoreWeather
  /** Told of each question; weather that it changes is that of the next one. */
  heard: (question: string) => void
  /** `GET /bucket/key`, one for each question so far. */
  readonly questions: readonly string[]
  /** How many answers have yet to end. */
  readonly underWay: number
  /** Names of the objects there. */
  keys(): Promise<readonly string[]>
  /** Parts of uploads that have not been put together. */
  parts(): Promise<readonly string[]>
  /** Gives an object another size, in place. */
  resize(key: string, bytes: number): Promise<void>
  /** Has an object be there as if it had been put at that time. */
  plant(key: string, content: Uint8Array, writtenMs: number): Promise<void>
  /** Has an object that is there be of that time. */
  date(key: string, writtenMs: number): Promise<void>
  stop(): Promise<void>
}

/** The account that the server comes with. */
const account = 'S3RVER'
const bucket = 'recordings'

export async function startS3Store(prefix = 'of/hindsight/'): Promise<S3Store> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hindsight-s3-'))
  const store = new S3rver({
    directory,
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  await store.configureBuckets()
  answerOnceWritten(store)
  const answer = store.callback()
  const uploads = path.join(directory, bucket, '._S3rver_uploads')
  const state = {
    weather: { kind: 'fine' } as StoreWeather,
    heard: (_: string) => {},
    questions: [] as string[],
    underWay: 0,
  }
  const server = createServer((request, response) => {
    const { weather } = state
    const question = `${request.method} ${request.url?.split('?', 1)[0]}`
    state.questions.push(question)
    state.heard(question)
    state.underWay++
    response.once('close', () => state.underWay--)
    if (interfere(weather, request, response)) return
    const { searchParams: asked } = new URL(request.url ?? '', 'http://s3')
    if (asked.has('list-type')) return answerList(store, asked, response)
    const given = asked.get('uploadId')
    if (request.method !== 'DELETE' || given === null) return answer(request, response)
    // It cannot take back an upload by itself.
    rm(path.join(uploads, given), { recursive: true }).then(() => response.writeHead(204).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const fileOf = (key: string) => path.join(directory, bucket, `${key}._S3rver_object`)
  const date = (key: string, writtenMs: number) =>
    utimes(fileOf(key), new Date(writtenMs), new Date(writtenMs))
  const objects = async () => {
    const names = await readdir(path.join(directory, bucket), { recursive: true })
    return names.map((name) => name.split(path.sep).join('/'))
  }
  return {
    settings: {
      bucket,
      prefix,
      endpoint,
      region: 'eu-west-1',
      accessKeyId: account,
      secretAccessKey: account,
    },
    env: {
      RECORDINGS_URL: `s3://${bucket}/${prefix}`,
      S3_ENDPOINT: endpoint.origin,
      S3_REGION: 'eu-west-1',
      S3_ACCESS_KEY_ID: account,
      S3_SECRET_ACCESS_KEY: account,
    },
    get weather() {
      return state.weather
    },
    set weather(weather) {
      state.weather = weather
    },
    get heard() {
      return state.heard
    },
    set heard(heard) {
      state.heard = heard
    },
    questions: state.questions,
    get underWay() {
      return state.underWay
    },
    async keys() {
      return (await objects()).flatMap((name) => /^(.*)\._S3rver_object$/.exec(name)?.[1] ?? []).sort()
    },
    async parts() {
      return (await objects()).filter((name) => /_S3rver_uploads\/[^/]+\/\d+$/.test(name))
    },
    resize: (key, bytes) => truncate(fileOf(key), bytes),
    async plant(key, content, writtenMs) {
      await mkdir(path.dirname(fileOf(key)), { recursive: true })
      await writeFile(fileOf(key), content)
      await date(key, writtenMs)
    },
    date,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true })
    },
  }
}

/** @returns whether the question has got all the answer that it will get */
function interfere(weather: StoreWeather, request: IncomingMessage, response: ServerResponse): boolean {
  switch (weather.kind) {
    case 'fine':
      return false
    case 'down':
      request.socket.destroy()
      return true
    case 'silent':
      return true
    case 'status':
      request.resume()
      response.writeHead(weather.status, { 'content-type': 'application/xml' })
      response.end(`<Error><Code>${weather.code}</Code><Message>told by the store</Message></Error>`)
      return true
    case 'cut':
    case 'stalled': {
      if (request.method === 'GET') sendAtMost(weather.bytes, response, weather.kind)
      return false
    }
  }
}

function sendAtMost(bytes: number, response: ServerResponse, then: 'cut' | 'stalled'): void {
  const write = response.write.bind(response) as (chunk: Buffer, done?: () => void) => boolean
  const end = response.end.bind(response)
  let left = bytes
  response.write = ((chunk: Buffer) => {
    const part = chunk.subarray(0, Math.max(0, left))
    left -= chunk.length
    if (left > 0) return write(part)
    if (then === 'cut') write(part, () => response.destroy())
    else if (part.length > 0) write(part)
    return false
  }) as typeof response.write
  response.end = (() => (left > 0 ? end() : response)) as typeof response.end
}

/** Of one answer to who lists objects. */
const listedAtOnce = 100

/** This server lists nothing that takes more than one answer: its tokens are made by a cipher that is no more. */
async function answerList(server: S3rver, asked: URLSearchParams, response: ServerResponse): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: its store is not in its types
  const { objects, isTruncated }: Listed = await (server as any).store.listObjects(bucket, {
    prefix: asked.get('prefix') ?? '',
    startAfter: asked.get('continuation-token') ?? '',
    maxKeys: listedAtOnce,
  })
  const contents = objects.map(
    ({ key, size, lastModifiedDate }) =>
      `<Contents><Key>${key}</Key><Size>${size}</Size><LastModified>${lastModifiedDate.toISOString()}</LastModified></Contents>`,
  )
  const next = `<NextContinuationToken>${objects.at(-1)?.key}</NextContinuationToken>`
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(
    `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${isTruncated ? next : ''}${contents.join('')}</ListBucketResult>`,
  )
}

interface Listed {
  readonly objects: readonly {
    readonly key: string
    readonly size: number
    readonly lastModifiedDate: Date
  }[]
  readonly isTruncated: boolean
}

interface Written {
  readonly size: number
}

/** This server answers before what was put is in its files; a store that is worth the name does not. */
function answerOnceWritten(server: S3rver): void {
  // biome-ignore lint/suspicious/noExplicitAny: its store is not in its types
  const { store } = server as any
  const { putObject, putPart } = store
  store.putObject = async (object: { readonly bucket: string; readonly key: string }): Promise<Written> => {
    const written = await putObject.call(store, object)
    await untilWhole(store.getResourcePath(object.bucket, object.key, 'object'), written)
    return written
  }
  store.putPart = async (
    name: string,
    uploadId: string,
    part: number,
    content: unknown,
  ): Promise<Written> => {
    const written = await putPart.call(store, name, uploadId, part, content)
    const uploads = store.getResourcePath(name, undefined, 'uploads')
    await untilWhole(path.join(uploads, uploadId, String(part)), written)
    return written
  }
}

async function untilWhole(file: string, { size }: Written): Promise<void> {
  while ((await stat(file)).size < size) await setTimeout(1)
}
