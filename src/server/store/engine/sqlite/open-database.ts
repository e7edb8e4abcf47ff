/** Opens the embedded database file. */
import { DatabaseSync } from 'node:sqlite'

const busyMs = 5_000
const cacheKib = 64 * 1024
const mappedBytes = 8 * 1024 ** 3
/** 64 MiB at the page size of 4 KiB: an import rewrites the same index pages, and each is copied home once a checkpoint. */
const checkpointPages = 16 * 1024

/**
 * One connection, set up as https://www.sqlite.org/pragma.html describes.
 * @param options.waitMs how long a statement waits, holding up the process, while another process writes
 * @throws when the file is no database of ours to open
 */
export function openDatabase(file: string, { waitMs = busyMs }: { waitMs?: number } = {}): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: waitMs, enableForeignKeyConstraints: true })
  // WAL: readers go on while an import writes. NORMAL: a crash of ours loses no commit, a power cut may lose the last ones
  // but never corrupts (https://www.sqlite.org/wal.html, "durability").
  database.exec('pragma journal_mode = wal')
  database.exec('pragma synchronous = normal')
  database.exec(`pragma cache_size = -${cacheKib}`)
  // Pages come straight from the file cache of the system instead of being copied by read().
  database.exec(`pragma mmap_size = ${mappedBytes}`)
  database.exec('pragma temp_store = memory')
  database.exec(`pragma wal_autocheckpoint = ${checkpointPages}`)
  return database
}
