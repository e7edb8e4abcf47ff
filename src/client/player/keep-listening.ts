/** Keeps this device's memory of an engagement up with its transport. */
import { rememberListening } from './listening-memory.ts'
import type { Transport } from './sync/transport.ts'

const rememberEverySeconds = 5

/** @returns ends it, after remembering once more */
export function keepListening(transport: Transport, tenant: string, id: string): () => void {
  let kept = transport.view()
  const keep = () => {
    kept = transport.view()
    const { positionSeconds, speed, mix } = kept
    rememberListening(tenant, id, { positionSeconds, speed, mix })
  }
  const stop = transport.subscribe(() => {
    const { playing, positionSeconds, speed, mix } = transport.view()
    const moved = Math.abs(positionSeconds - kept.positionSeconds) >= rememberEverySeconds
    if (moved || playing !== kept.playing || speed !== kept.speed || mix !== kept.mix) keep()
  })
  return () => {
    stop()
    if (transport.view() !== kept) keep()
  }
}
