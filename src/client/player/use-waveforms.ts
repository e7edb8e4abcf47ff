import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import type { RecordingV1 } from '../../contract/model/recording.ts'
import { useLacks } from '../source-parts.ts'
import type { Timeline } from './sync/timeline.ts'
import type { Transport } from './sync/transport.ts'
import { peaksAddress } from './waveform/ask-peaks.ts'
import { silentSpans } from './waveform/silence.ts'
import type { WaveformView } from './waveform/waveform.ts'
import { Waveforms } from './waveform/waveforms.ts'

interface WaveformsOf {
  readonly transport: Transport
  readonly timeline: Timeline
  readonly recordings: readonly RecordingV1[]
  /** The address of each recording that is on this host. */
  readonly sources: readonly (string | undefined)[]
}

/** One a recording; what they tell of silence goes to the transport. After `useTransport`: the first request is the player's. */
export function useWaveforms({
  transport,
  timeline,
  recordings,
  sources,
}: WaveformsOf): readonly WaveformView[] {
  const [waveforms] = useState(() => new Waveforms(sources.length))
  const measuredThere = !useLacks().has('peaks')
  const open = useEffectEvent(() =>
    waveforms.open(
      sources.map((src, index) =>
        src === undefined
          ? undefined
          : {
              src,
              peaks: measuredThere ? peaksAddress(src) : undefined,
              durationSeconds: recordings[index]?.duration,
              sizeBytes: recordings[index]?.size,
            },
      ),
    ),
  )
  // Keeps the decoding threads on the recordings shown, and ends them with the dock.
  useEffect(() => {
    open()
    return () => waveforms.close()
  }, [waveforms])
  const views = useSyncExternalStore(waveforms.subscribe, waveforms.views)

  const silences = useMemo(() => silencesOf(timeline, views), [timeline, views])
  // Tells the transport what it may leave out.
  useEffect(() => transport.setSilences(silences), [transport, silences])
  return views
}

function silencesOf(timeline: Timeline, views: readonly WaveformView[]) {
  const lanes = timeline.places.map(({ startSeconds, lengthSeconds }, index) => {
    const view = views[index]
    const reachesSeconds = lengthSeconds ?? timeline.lengthSeconds - startSeconds
    return {
      startMs: startSeconds * 1000,
      // A file that is shorter than its record has nothing more to be waited for.
      durationMs: (view?.kind === 'ready' ? view.knownSeconds : reachesSeconds) * 1000,
      levels: view?.levels ?? new Uint8Array(),
      bucketsPerSecond: view?.bucketsPerSecond ?? 1,
    }
  })
  return silentSpans(lanes, timeline.lengthSeconds * 1000).map(({ fromMs, toMs }) => ({
    fromSeconds: fromMs / 1000,
    toSeconds: toMs / 1000,
  }))
}
