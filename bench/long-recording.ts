/** Recordings of any length, made of the demo's: nobody wants an hour of sound in a repository. */
import path from 'node:path'
import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny'

const speech = path.join(import.meta.dirname, '../src/server/demo/media/charged-twice.associate.webm')

/** Of the demo's Opus. */
const packetSeconds = 0.02

/** Writes a WebM with Opus: the speech of the demo again and again. */
export async function writeLongWebm(file: string, seconds: number): Promise<void> {
  using input = new Input({ source: new FilePathSource(speech), formats: [WEBM] })
  const track = await input.getPrimaryAudioTrack()
  const decoderConfig = (await track?.getDecoderConfig()) ?? undefined
  if (!track || !decoderConfig) throw new Error(`${speech} has no sound`)
  const packets: EncodedPacket[] = []
  for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet)
  const output = new Output({ format: new WebMOutputFormat(), target: new FilePathTarget(file) })
  const source = new EncodedAudioPacketSource('opus')
  output.addAudioTrack(source)
  await output.start()
  for (let at = 0; at * packetSeconds < seconds; at++) {
    const packet = packets[at % packets.length]?.clone({
      timestamp: at * packetSeconds,
      duration: packetSeconds,
    })
    if (packet !== undefined) await source.add(packet, { decoderConfig })
  }
  await output.finalize()
}
