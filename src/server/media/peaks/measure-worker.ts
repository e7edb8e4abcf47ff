/** The thread that measures one recording: decoding would hold up every answer of the server. */
import { readSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { measureSound } from './measure-sound.ts'

/** The descriptor stays the other thread's, which closes it. */
export interface MeasureTask {
  readonly fd: number
  readonly size: number
}

const { fd, size }: MeasureTask = workerData

const measured = await measureSound({
  size,
  read(first, end) {
    const bytes = new Uint8Array(end - first)
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(fd, bytes, at, bytes.length - at, first + at)
      if (read === 0) throw new Error('a recording has become shorter while it was measured')
      at += read
    }
    return bytes
  },
})
parentPort?.postMessage(measured, measured.kind === 'levels' ? [measured.levels.buffer] : [])
