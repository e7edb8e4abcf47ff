/** A page with one lane and nothing else, for measuring: what to show stands in its query. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { peaksAddress } from '../../src/client/player/waveform/ask-peaks.ts'
import { WaveformBars } from '../../src/client/player/waveform/WaveformBars.tsx'
import { Waveform, type WaveformView } from '../../src/client/player/waveform/waveform.ts'
import '../../src/client/ui/tokens.css'

declare global {
  interface Window {
    /** For the bench to look at. */
    shown?: WaveformView
  }
}

const asked = new URLSearchParams(location.search)
const recording = asked.get('recording')
const src = recording === null ? undefined : new URL(recording, location.href).href
/** Or only played, to compare with. */
const drawn = asked.get('drawn') === 'yes'
const seconds = Number(asked.get('seconds'))

function Lane() {
  const [store] = useState(() => new Waveform())
  // Keeps the decoding thread on the recording.
  useEffect(() => {
    if (drawn && src !== undefined)
      store.open({ src, peaks: peaksAddress(src), durationSeconds: seconds, sizeBytes: undefined })
    return () => store.close()
  }, [store])
  const waveform = useSyncExternalStore(store.subscribe, store.view)
  window.shown = waveform
  return (
    <main data-kind={waveform.kind}>
      <WaveformBars waveform={waveform} fromSeconds={0} toSeconds={seconds} playedFraction={0.35} lane="a" />
      {src !== undefined && <audio src={src} preload="metadata" autoPlay muted />}
    </main>
  )
}

createRoot(document.getElementById('root') ?? document.body).render(<Lane />)
