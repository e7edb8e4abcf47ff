/**
 * Decoding in a thread of its own, one recording after the other: each takes up to 130 MB while it is decoded, which end with
 * its thread.
 */
import pLimit from 'p-limit'
import type { DecodeEnd, DecodeReport, DecodeTask } from './decoding.ts'

const limit = pLimit(1)

/**
 * @param heard told of levels as they come
 * @throws the signal's reason when it is aborted, at once, whatever the worker does
 */
export function decodeApart(
  task: DecodeTask,
  heard: (levels: Uint8Array) => void,
  signal: AbortSignal,
): Promise<DecodeEnd> {
  return limit(() => {
    signal.throwIfAborted()
    return runWorker(task, heard, signal)
  })
}

function runWorker(
  task: DecodeTask,
  heard: (levels: Uint8Array) => void,
  signal: AbortSignal,
): Promise<DecodeEnd> {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' })
  const stop = new AbortController()
  const ended = new Promise<DecodeEnd>((resolve, reject) => {
    const listening = { signal: stop.signal }
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<DecodeReport>) => {
        if (data.kind === 'end') resolve(data.how)
        else heard(data.levels)
      },
      listening,
    )
    // The worker's script could not be had, or failed outside of decoding.
    worker.addEventListener('error', () => resolve('cannot'), listening)
    signal.addEventListener('abort', () => reject(signal.reason), listening)
  })
  worker.postMessage(task)
  return ended.finally(() => {
    stop.abort()
    worker.terminate()
  })
}
