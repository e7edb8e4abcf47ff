/** `hindsight import FILE... --tenant T [--recordings DIR]` */
import { createReadStream } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isTenantKey } from '../../contract/model/tenant.ts'
import { type ImportCounts, importEngagements } from '../import/import-engagements.ts'
import { createProgress } from '../import/progress.ts'
import { openRejectsFile } from '../import/rejects-file.ts'
import type { HeldMedia } from '../media/held-media.ts'
import { openMedia } from '../media/open-media.ts'
import { removeLeftFiles } from '../media/remove-left-files.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'

const standardInput = '-'

interface ImportOptions {
  readonly files: readonly string[]
  readonly tenant: string
  /** Absolute, links resolved. */
  readonly recordings: string | undefined
}

export const importCommand: Command = async (args, context) => {
  const options = await readOptions(args)
  const store = await openStore({ ...context.config, use: 'writes' })
  const media = await openMedia(context.config)
  const all: ImportCounts[] = []
  let failed = false
  try {
    for (const file of options.files) {
      if (context.signal.aborted) break
      try {
        const counts = await importFile(file, options, { store, media }, context)
        all.push(counts)
        context.stdout.write(`${file}: ${told(counts)}\n`)
      } catch (error) {
        // One file that cannot be read does not lose the others.
        failed = true
        context.stderr.write(`${file}: ${error instanceof Error ? error.message : error}\n`)
      }
    }
    await removeLeftFiles(store.writer, media, (error) => {
      context.stderr.write(`A replaced recording is still there: ${error}\n`)
    })
  } finally {
    await media.close()
    await store.close()
  }
  if (options.files.length > 1) context.stdout.write(`total: ${told(sum(all))}\n`)
  const whole = all.every(({ rejected, interrupted }) => rejected === 0 && !interrupted)
  return whole && !failed && !context.signal.aborted ? 0 : 1
}

async function importFile(
  file: string,
  { tenant, recordings }: ImportOptions,
  { store, media }: { readonly store: Store; readonly media: HeldMedia },
  { stdin, stderr, signal }: CommandContext,
): Promise<ImportCounts> {
  const rejectsPath = `${file === standardInput ? 'stdin' : file}.rejects.ndjson`
  const size = file === standardInput ? undefined : await sizeOf(file)
  const rejects = await openRejectsFile(rejectsPath)
  const progress = createProgress(file, size, stderr)
  const source = file === standardInput ? stdin : createReadStream(file, { highWaterMark: 1 << 18 })
  try {
    const counts = await importEngagements(counted(source, progress.bytes), {
      tenant,
      writer: store.writer,
      media,
      folder: recordings,
      findRecording: store.findRecording,
      reject: rejects.add,
      progress: progress.rows,
      signal,
    })
    if (counts.rejected > 0) stderr.write(`${counts.rejected} rejected rows are in ${rejectsPath}\n`)
    return counts
  } finally {
    progress.done()
    await rejects.close()
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file)
  if (found.isDirectory()) throw new Error('is a folder, not a file')
  return found.size
}

async function* counted(
  source: AsyncIterable<Buffer | string>,
  tell: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    tell(bytes.length)
    yield bytes
  }
}

function told({ added, changed, unchanged, rejected, interrupted }: ImportCounts): string {
  const counts = `${added} new, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected`
  return interrupted ? `interrupted after ${counts}` : counts
}

function sum(all: readonly ImportCounts[]): ImportCounts {
  const total = (name: 'added' | 'changed' | 'unchanged' | 'rejected') =>
    all.reduce((n, counts) => n + counts[name], 0)
  return {
    added: total('added'),
    changed: total('changed'),
    unchanged: total('unchanged'),
    rejected: total('rejected'),
    interrupted: all.some(({ interrupted }) => interrupted),
  }
}

async function readOptions(args: readonly string[]): Promise<ImportOptions> {
  const { values, positionals: files } = parseOptions(args)
  const { tenant = '', recordings } = values
  if (files.length === 0) throw new UsageError('import needs a file, or - for standard input')
  if (files.filter((file) => file === standardInput).length > 1)
    throw new UsageError('Standard input can be read only once')
  if (!isTenantKey(tenant)) throw new UsageError('--tenant needs a tenant’s key, such as PremierTenant')
  if (recordings === undefined) return { files, tenant, recordings }
  const folder = await realpath(recordings).catch(() => undefined)
  if (folder === undefined || !(await stat(folder)).isDirectory())
    throw new UsageError(`--recordings needs a folder; ${recordings} is none`)
  return { files, tenant, recordings: folder }
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { tenant: { type: 'string' }, recordings: { type: 'string' } },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
