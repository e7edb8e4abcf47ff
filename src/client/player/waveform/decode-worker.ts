/**
 * The thread that decodes one recording with the browser's own decoders (WebCodecs) and reports how loud it is while it goes
 * on. It reads the recording in pieces, and keeps none: its memory does not grow with it.
 */
import {
  AudioSampleSink,
  FLAC,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  UrlSource,
  WAVE,
  WEBM,
} from 'mediabunny'
import { PeakMeter } from '../../../contract/model/peak-meter.ts'
import type { DecodeEnd, DecodeReport, DecodeTask } from './decoding.ts'

/** Named one by one: a playlist would name other addresses to read. */
const formats = [WEBM, MATROSKA, MP4, QTFF, MP3, WAVE, OGG, FLAC]
const cachedBytes = 4 * 1024 * 1024
const reportEveryMs = 100

self.addEventListener('message', ({ data }: MessageEvent<DecodeTask>) => {
  decode(data)
    .catch((): DecodeEnd => 'cannot')
    .then((how) => report({ kind: 'end', how }))
})

function report(message: DecodeReport): void {
  self.postMessage(message, { transfer: message.kind === 'levels' ? [message.levels.buffer] : [] })
}

async function decode({ src, longestSeconds, mostBytes }: DecodeTask): Promise<DecodeEnd> {
  const source = new UrlSource(src, {
    requestInit: { credentials: 'same-origin' },
    maxCacheSize: cachedBytes,
    parallelism: 1,
    // What cannot be read now, the server may be asked for.
    getRetryDelay: () => null,
    handleUnhandledError: () => {},
  })
  const input = new Input({ source, formats })
  try {
    const track = await input.getPrimaryAudioTrack()
    if (track === null || !(await track.canDecode())) return 'cannot'
    const size = await source.getSizeOrNull()
    const seconds = await input.getDurationFromMetadata()
    if ((size ?? 0) > mostBytes || (seconds ?? 0) > longestSeconds) return 'too-long'
    return await measure(track, longestSeconds)
  } finally {
    input.dispose()
  }
}

async function measure(track: InputAudioTrack, longestSeconds: number): Promise<DecodeEnd> {
  const meter = new PeakMeter()
  let reported = 0
  let reportedMs = performance.now()
  const reportTo = (end: number) => {
    if (end > reported) report({ kind: 'levels', levels: meter.levels(reported, end) })
    reported = end
    reportedMs = performance.now()
  }
  for await (const sample of new AudioSampleSink(track).samples()) {
    try {
      if (sample.timestamp > longestSeconds) return 'too-long'
      meter.addSound(sample)
    } finally {
      sample.close()
    }
    if (performance.now() - reportedMs >= reportEveryMs) reportTo(meter.wholeBuckets)
  }
  reportTo(meter.buckets)
  return meter.buckets > 0 ? 'whole' : 'cannot'
}
