/**
 * A backup is a folder: `hindsight.db`, the recordings that this database names as they lie in a data folder, the session
 * secret where it was asked for, and `backup.json`, which says what the rest has to be. Whatever lacks that is none.
 */
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod/mini'
import type { HeldRecording } from '../store/engagement-writer.ts'

export const databaseName = 'hindsight.db'
export const secretName = 'session-secret'
export const manifestName = 'backup.json'
const format = 1

const hashed = z.object({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)), size: z.number() })

const manifest = z.object({
  format: z.literal(format),
  madeAt: z.string(),
  database: hashed,
  recordings: z.union([
    z.object({
      in: z.literal('folder'),
      count: z.number(),
      bytes: z.number(),
      /** So many that the database names could not be had. */
      missing: z.number(),
    }),
    z.object({ in: z.literal('bucket'), url: z.string() }),
  ]),
  secret: z.optional(hashed),
  /** What keys of engagements are greater by than in the PostgreSQL that was backed up. */
  shifts: z.optional(z.array(z.object({ tenant: z.string(), by: z.number() }))),
})

export type Manifest = z.infer<typeof manifest>

/** On the disk when this returns. */
export async function writeManifest(folder: string, content: Omit<Manifest, 'format'>): Promise<void> {
  const file = await open(path.join(folder, manifestName), 'wx', 0o600)
  try {
    await file.writeFile(`${JSON.stringify({ format, ...content }, null, 2)}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** @returns undefined for a folder that is no backup, or of a kind that is not known here */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const text = await readFile(path.join(folder, manifestName), 'utf8').catch(() => '')
  try {
    return manifest.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export interface NamedRecording extends HeldRecording {
  readonly tenant: string
}

/** Every recording that a database names, one after the other, whatever version of ours wrote it. */
export function* recordingsIn(database: string): Generator<NamedRecording, void> {
  const open = new DatabaseSync(database, { readOnly: true })
  try {
    const rows = open.prepare(
      'select name as tenant, id, media_type as mediaType, size, sha256 from recording' +
        ' join tenant on tenant.key = recording.tenant order by recording.tenant, id',
    )
    for (const row of rows.iterate())
      yield {
        tenant: String(row.tenant),
        id: String(row.id),
        mediaType: String(row.mediaType),
        size: Number(row.size),
        sha256: String(row.sha256),
      }
  } finally {
    open.close()
  }
}

/** Names in a folder survive a power cut once it is synced; where folders cannot be opened they need not be. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined)
  try {
    await handle?.sync()
  } finally {
    await handle?.close()
  }
}
