/** Tells of the files of recordings that no row names, and removes them where that is wanted. */
import type { EpochMs } from '../../contract/query/instant.ts'
import type { StoreCheck } from '../store/check/store-check.ts'
import type { EngagementWriter } from '../store/engagement-writer.ts'
import type { HeldMedia } from './held-media.ts'
import { removeUnnamed } from './remove-unnamed.ts'
import { findUnnamed, type UnnamedFile } from './unnamed-files.ts'

interface CheckedStore {
  readonly check: Pick<StoreCheck, 'tenants' | 'named'>
  readonly writer: Pick<EngagementWriter, 'whileUnheld'>
}

interface FilesCheck {
  readonly repair: boolean
  readonly nowMs: EpochMs
  readonly signal: AbortSignal
}

interface FilesChecked {
  /** In words: what was found, of very many the first and their number, and what became of it. */
  readonly told: readonly string[]
  /** How many are gone, or named by now. */
  readonly settled: number
  /** How many others no row names. */
  readonly left: number
}

const mostTold = 20

/** @throws as `findUnnamed` does */
export async function checkFiles(
  { check, writer }: CheckedStore,
  media: Pick<HeldMedia, 'files'>,
  { repair, nowMs, signal }: FilesCheck,
): Promise<FilesChecked> {
  const told: string[] = []
  const [unnamed, untold, foreign, removed] = [tally(), tally(), tally(), tally()]
  const failures: unknown[] = []
  let [example, named, later, unknown] = ['', 0, false, false]
  const tell = (text: string, bytes: number) => {
    unnamed.add(bytes)
    if (told.length < mostTold) told.push(`${text}, ${bytes} bytes`)
    else untold.add(bytes)
  }
  for await (const found of findUnnamed(check, media, { nowMs, signal })) {
    if (found.kind === 'foreign') {
      example ||= found.file.name
      foreign.add(found.file.size)
    } else if (found.kind === 'no tenant') {
      unknown = true
      tell(`A tenant that is not in the store: no row names the file ${found.file.name}`, found.file.size)
    } else {
      const { tenant, files } = found
      for (const file of files) tell(`${tenant}: no row names the file ${calledOf(file)}`, bytesOf(file))
      if (!repair || later) continue
      const outcome = await removeUnnamed({ check, writer }, tenant, files, signal)
      for (const file of outcome.removed) removed.add(bytesOf(file))
      named += outcome.named
      failures.push(...outcome.failures.slice(0, 1))
      later = outcome.later
    }
  }
  if (untold.files > 0) told.push(`and ${untold.text()} more that no row names`)
  if (foreign.files > 0)
    told.push(
      `${foreign.text()} among the recordings are not Hindsight's and are left alone, such as ${example}`,
    )
  if (removed.files > 0) told.push(`Removed ${removed.text()} that no row named`)
  for (const error of failures.slice(0, mostTold))
    told.push(`Not removed: ${error instanceof Error ? error.message : String(error)}`)
  if (repair && unknown)
    told.push(
      'Not removed: files of tenants that are not in the store, since they may be those of another store',
    )
  const settled = removed.files + named
  return { told, settled, left: unnamed.files - settled }
}

/** By the name that all of them have, where something lies beside. */
function calledOf({ name, files }: UnnamedFile): string {
  const [one, ...others] = files
  return others.length === 0 && one !== undefined ? one.name : name
}

function bytesOf({ files }: UnnamedFile): number {
  return files.reduce((sum, { size }) => sum + size, 0)
}

function tally() {
  const sum = {
    files: 0,
    bytes: 0,
    add(bytes: number) {
      sum.files++
      sum.bytes += bytes
    },
    text: () => `${sum.files} ${sum.files === 1 ? 'file' : 'files'} of ${sum.bytes} bytes`,
  }
  return sum
}
