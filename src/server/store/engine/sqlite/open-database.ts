/** Opens the embedded database file. */
import { DatabaseSync } from 'node:sqlite'
import { shortId } from '../../short-id.ts'

const busyMs = 5_000
/**
 * `pages`: what is asked for again and again; pages come straight from the file cache of the system instead of being copied by
 * read(). `walks`: everything once, which would only fill the process's memory. `writes`: a long history, whose index pages are
 * written all over: mapped they would add up to all of them.
 */
const memory = {
  pages: { cacheKib: 64 * 1024, mappedBytes: 8 * 1024 ** 3 },
  walks: { cacheKib: 2 * 1024, mappedBytes: 0 },
  writes: { cacheKib: 64 * 1024, mappedBytes: 0 },
} as const
/** 256 MiB at the page size of 4 KiB: an import rewrites the same index pages, and each is copied home once a checkpoint. */
const checkpointPages = 64 * 1024

/**
 * One connection, set up as https://www.sqlite.org/pragma.html describes.
 * @param options.use what it is for
 * @param options.waitMs how long a statement waits, holding up the process, while another process writes
 * @throws when the file is no database of ours to open
 */
export function openDatabase(
  file: string,
  { use = 'pages', waitMs = busyMs }: { readonly use?: keyof typeof memory; readonly waitMs?: number } = {},
): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: waitMs, enableForeignKeyConstraints: true })
  // WAL: readers go on while an import writes. NORMAL: a crash of ours loses no commit, a power cut may lose the last ones
  // but never corrupts (https://www.sqlite.org/wal.html, "durability").
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = normal')
  database.exec(`pragma cache_size = -${memory[use].cacheKib}`)
  database.exec(`pragma mmap_size = ${memory[use].mappedBytes}`)
  database.exec('pragma temp_store = memory')
  database.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
  // For migrations, which are statements alone.
  database.function('short_id', { deterministic: true }, (id) => shortId(String(id)))
  return database
}
