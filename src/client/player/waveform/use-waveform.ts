import { useEffect, useState, useSyncExternalStore } from 'react'
import { Waveform, type WaveformView } from './waveform.ts'

/**
 * @param src of a recording on this host; undefined where there is none, and no waveform then
 * @param durationSeconds as far as it is known beforehand, like the size: what is too long or too large for this browser is
 *   then not even begun
 */
export function useWaveform(
  src: string | undefined,
  durationSeconds?: number,
  sizeBytes?: number,
): WaveformView {
  const [waveform] = useState(() => new Waveform())
  // Keeps the decoding thread on the recording shown, and ends it with the lane.
  useEffect(() => {
    if (src !== undefined) waveform.open({ src, durationSeconds, sizeBytes })
    return () => waveform.close()
  }, [waveform, src, durationSeconds, sizeBytes])
  return useSyncExternalStore(waveform.subscribe, waveform.view)
}
