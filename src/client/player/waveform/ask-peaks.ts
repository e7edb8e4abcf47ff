/** Peaks as the server measured them, for recordings that this browser does not decode. */
import { peaksV1 } from '../../../contract/model/peaks.ts'
import { routes } from '../../../contract/routes.ts'

export interface ServerPeaks {
  readonly levels: Uint8Array
  readonly bucketsPerSecond: number
}

/** @returns the address of a recording's peaks; undefined where it is no recording that Hindsight holds */
export function peaksAddress(src: string): string | undefined {
  const pattern = new RegExp(`^${routes.recording.path.replace(/:\w+/g, '([^/]+)')}$`)
  const [, tenant, recordingId] = pattern.exec(new URL(src).pathname) ?? []
  if (tenant === undefined || recordingId === undefined) return undefined
  // As they stand in the address, escapes included.
  return routes.peaks.path.replace(':tenant', () => tenant).replace(':recordingId', () => recordingId)
}

/**
 * Waits while the server says that it is still measuring.
 * @returns undefined where there are none to be had
 * @throws the signal's reason when it is aborted
 */
export async function askPeaks(address: string, signal: AbortSignal): Promise<ServerPeaks | undefined> {
  for (;;) {
    const response = await fetch(address, {
      headers: { accept: 'application/json' },
      credentials: 'same-origin',
      signal,
    }).catch(() => undefined)
    signal.throwIfAborted()
    if (response === undefined) return undefined
    if (response.status === 202) await pause(retrySeconds(response) * 1000, signal)
    else return response.ok ? await readPeaks(response, signal) : undefined
  }
}

function retrySeconds(response: Response): number {
  return Math.max(1, Number(response.headers.get('retry-after')) || 0)
}

async function readPeaks(response: Response, signal: AbortSignal): Promise<ServerPeaks | undefined> {
  try {
    const { bucketsPerSecond, levels } = peaksV1.parse(await response.json())
    return { bucketsPerSecond, levels: Uint8Array.from(atob(levels), (byte) => byte.charCodeAt(0)) }
  } catch {
    // Broken off, or not what was agreed: a plain bar is right then.
    signal.throwIfAborted()
    return undefined
  }
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, durationMs)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
