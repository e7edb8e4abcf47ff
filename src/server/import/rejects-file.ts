/** `FILE.rejects.ndjson`: the rows that were not imported, each with its line and the reason. */
import { type FileHandle, open, rm } from 'node:fs/promises'
import type { Reject } from './read-row.ts'

export interface RejectsFile {
  add(reject: Reject): Promise<void>
  close(): Promise<void>
}

/** Removes what an earlier run left, so that the file never tells of another run; it is made with the first reject. */
export async function openRejectsFile(path: string): Promise<RejectsFile> {
  await rm(path, { force: true })
  let handle: FileHandle | undefined
  return {
    async add(reject) {
      handle ??= await open(path, 'w', 0o600)
      await handle.write(`${JSON.stringify(reject)}\n`)
    },
    async close() {
      await handle?.close()
    },
  }
}
