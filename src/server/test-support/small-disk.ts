/** A disk that a test can fill: a small file system in memory, where the tester may mount one. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

export interface SmallDisk {
  readonly folder: string
  /** Leaves no room on it. */
  fill(): void
  grow(mebibytes: number): void
  unmount(): void
}

export function mayMountDisks(): boolean {
  try {
    mountSmallDisk(1).unmount()
    return true
  } catch {
    return false
  }
}

/** @param user whose folder it is; absent: our own @throws where nothing may be mounted */
export function mountSmallDisk(mebibytes: number, user?: string): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'hindsight-disk-'))
  const owner = user === undefined ? '' : `,uid=${spawnSync('id', ['-u', user]).stdout.toString().trim()}`
  const mount = (options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'hindsight', folder]).status === 0
  if (!mount(`size=${mebibytes}m,mode=700${owner}`)) {
    rmdirSync(folder)
    throw new Error(`Nothing can be mounted at ${folder}`)
  }
  return {
    folder,
    fill() {
      try {
        for (let n = 0; ; n++) writeFileSync(path.join(folder, `filler-${n}`), Buffer.alloc(4096))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
      }
    },
    grow(size) {
      if (!mount(`remount,size=${size}m`)) throw new Error(`${folder} cannot be made larger`)
    },
    unmount() {
      spawnSync('umount', [folder])
      rmdirSync(folder)
    },
  }
}
