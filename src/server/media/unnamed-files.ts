/**
 * Files of recordings that no row names, and that no erasure would reach: an import that is killed between taking a recording
 * in and its commit leaves one.
 *
 * - What was written within a day may be of an import that has yet to name it, and is passed over; so is what another clock
 *   dates later than now. The age only saves needless work, so that clocks may differ: who removes a file holds the lock of
 *   `file-lock.ts` and looks into the rows once more, and an import whose file is gone by its commit takes it in again. Drafts
 *   go by their age alone; each piece that is written dates them anew.
 * - Peaks belong to the bytes that they lie beside.
 * - The folder of a tenant that the store does not know may be another store's, in whose place this one was opened. Its files
 *   are told, and stay until the operator removes them, or the tenant has an account or an import here.
 * - Whatever has no name of ours is foreign: it is told and left alone, and is nothing wrong.
 */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { StoreCheck } from '../store/check/store-check.ts'
import type { HeldMedia, LyingFile } from './held-media.ts'
import { folderOf, namesOf, readName } from './media-names.ts'

/** The bytes of a recording with what lies beside them, or a draft. */
export interface UnnamedFile {
  /** That of the bytes, where it is no draft. */
  readonly name: string
  /** Of the bytes; undefined: they are from before files were named by them. */
  readonly sha256: string | undefined
  readonly draft: boolean
  readonly files: readonly LyingFile[]
}

type FoundFiles =
  | { readonly kind: 'unnamed'; readonly tenant: string; readonly files: readonly UnnamedFile[] }
  | { readonly kind: 'no tenant'; readonly file: LyingFile }
  | { readonly kind: 'foreign'; readonly file: LyingFile }

const underWayMs = 24 * 3_600_000
/** For so many the rows of a tenant are walked over once. They take some 10 MB, and no more are kept at a time. */
const askedAtOnce = 20_000

/** @throws what listing files and reading rows do; the signal's reason once it is aborted */
export async function* findUnnamed(
  rows: Pick<StoreCheck, 'tenants' | 'named'>,
  media: Pick<HeldMedia, 'files'>,
  { nowMs, signal }: { readonly nowMs: EpochMs; readonly signal: AbortSignal },
): AsyncGenerator<FoundFiles> {
  const tenants = new Map((await rows.tenants()).map((tenant) => [folderOf(tenant), tenant]))
  let seen = new Map<string, UnnamedFile>()
  let seenOf: string | undefined
  const unnamed = async function* (): AsyncGenerator<FoundFiles> {
    if (seenOf === undefined || seen.size === 0) return
    const files = await stillUnnamed(rows, seenOf, [...seen.values()])
    seen = new Map()
    if (files.length > 0) yield { kind: 'unnamed', tenant: seenOf, files }
  }
  for await (const file of media.files(signal)) {
    signal.throwIfAborted()
    const name = readName(file.name)
    if (name === undefined) {
      yield { kind: 'foreign', file }
      continue
    }
    if (file.writtenMs > nowMs - underWayMs) continue
    const tenant = tenants.get(name.folder)
    if (tenant === undefined) {
      yield { kind: 'no tenant', file }
      continue
    }
    if (tenant !== seenOf || seen.size >= askedAtOnce) yield* unnamed()
    seenOf = tenant
    const beside = seen.get(name.of)?.files ?? []
    seen.set(name.of, { name: name.of, sha256: name.sha256, draft: name.draft, files: [...beside, file] })
  }
  yield* unnamed()
}

/** @param files of the tenant @returns those that no row names by now */
export async function stillUnnamed(
  rows: Pick<StoreCheck, 'named'>,
  tenant: string,
  files: readonly UnnamedFile[],
): Promise<readonly UnnamedFile[]> {
  const left = new Map(files.map((file) => [file.name, file]))
  const whole = files.filter(({ draft }) => !draft)
  if (whole.length === 0) return files
  const known = whole.flatMap(({ sha256 }) => sha256 ?? [])
  for await (const bytes of rows.named(tenant, known.length < whole.length ? undefined : known))
    for (const name of namesOf(tenant, bytes)) left.delete(name)
  return [...left.values()]
}
