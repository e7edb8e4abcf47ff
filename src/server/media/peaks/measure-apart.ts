/** Measures a recording in a thread of its own, which is given neither memory nor time without end. */
import type { FileHandle } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Measured } from './measure-sound.ts'
import type { MeasureTask } from './measure-worker.ts'

const mostHeapMegabytes = 256
/** Ten hours of Opus take about two minutes on one core. */
const mostMinutes = 15

/** @throws when the bytes cannot be read */
export async function measureApart(file: FileHandle): Promise<Measured> {
  const task: MeasureTask = { fd: file.fd, size: (await file.stat()).size }
  const worker = new Worker(new URL('./measure-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: mostHeapMegabytes },
  })
  // Whoever waits for the answer keeps the process; a measurement that nobody waits for does not.
  worker.unref()
  let late: NodeJS.Timeout | undefined
  try {
    return await new Promise<Measured>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', (error) => {
        if (outOfMemory(error)) resolve({ kind: 'undecodable', why: 'Decoding it takes too much memory.' })
        else reject(error)
      })
      worker.once('exit', (code) => reject(new Error(`measuring a recording ended with ${code}`)))
      late = setTimeout(
        () => resolve({ kind: 'undecodable', why: `Decoding it takes more than ${mostMinutes} minutes.` }),
        mostMinutes * 60_000,
      ).unref()
    })
  } finally {
    clearTimeout(late)
    await worker.terminate()
  }
}

function outOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
