/**
 * Makes the demo's recordings and `manifest.json` from `conversations.json`: `node make-media.ts`, with espeak-ng and ffmpeg
 * at hand. The results are committed, so neither tool is needed to run Hindsight.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawPortrait, portraitHeight, portraitWidth } from './portrait.ts'

const speakers = ['customer', 'associate'] as const
type Speaker = (typeof speakers)[number]

interface Turn {
  readonly speaker: Speaker
  readonly text: string
  /** Seconds of silence before it; negative where it starts over the end of the turn before. */
  readonly gap?: number
}

interface Voice {
  /**
   * As espeak-ng spells it. British with a variant is `en+f2`: of `en-gb+f2` version 1.51 drops the variant without a word.
   */
  readonly voice: string
  readonly pitch: number
  readonly speed: number
}

interface Conversation {
  readonly name: string
  readonly team: string
  readonly topic: string
  /** Whose recording has a picture. */
  readonly camera?: Speaker
  /** The second of the conversation in which each recording begins. Whole, because the API's dates have no fraction. */
  readonly starts: Readonly<Record<Speaker, number>>
  /** Seconds that each recording goes on after the last word of the conversation. */
  readonly lingers: Readonly<Record<Speaker, number>>
  readonly voices: Readonly<Record<Speaker, Voice>>
  readonly turns: readonly Turn[]
}

interface Speech {
  readonly speaker: Speaker
  /** Samples from the conversation's beginning. */
  readonly start: number
  readonly samples: Int16Array
}

interface ManifestRecording {
  readonly file: string
  readonly speaker: Speaker
  readonly offsetSeconds: number
  readonly durationSeconds: number
  readonly durationMs: number
  readonly bytes: number
  readonly contents: 'AUDIO' | 'AUDIOVIDEO'
  readonly mediaType: 'audio/webm' | 'video/webm'
}

/** What espeak-ng speaks in. */
const sampleRate = 22_050
const framesPerSecond = 10
/** A recording is a whole number of these long: a whole number of video frames and of 20 ms Opus packets. */
const samplesPerFrame = sampleRate / framesPerSecond

const folder = import.meta.dirname
const scratch = mkdtempSync(join(tmpdir(), 'hindsight-media-'))

/** Keeps out what would make two runs differ: a random segment id, dates, the encoder's own version. */
const repeatable = '-map_metadata -1 -fflags +bitexact -flags +bitexact -threads 1'.split(' ')
/** The index in front, so that a browser can seek before it has the whole file; an entry every two seconds. */
const seekable = '-f webm -cues_to_front 1 -cluster_time_limit 2000'.split(' ')
const opus = '-c:a libopus -b:a 16k -vbr on -application voip -ar 48000 -ac 1'.split(' ')
const vp9 = '-c:v libvpx-vp9 -pix_fmt yuv420p -crf 42 -b:v 0 -g 20 -deadline good -cpu-used 1'.split(' ')

try {
  makeAll()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

function makeAll(): void {
  const conversations = JSON.parse(readFileSync(join(folder, 'conversations.json'), 'utf8')) as Conversation[]
  for (const file of readdirSync(folder)) if (file.endsWith('.webm')) rmSync(join(folder, file))

  const manifest = conversations.map((conversation, index) => {
    const speeches = layOut(conversation, index)
    const recordings = speakers.map((speaker) => makeRecording(conversation, speaker, speeches))
    const end = Math.max(
      ...recordings.map(({ offsetSeconds, durationMs }) => offsetSeconds + durationMs / 1000),
    )
    process.stdout.write(`${conversation.name}: ${end.toFixed(1)} s\n`)
    const { name, team, topic } = conversation
    return { name, team, topic, durationSeconds: Math.ceil(end), recordings }
  })
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Places the turns one after another on the conversation's own clock. */
function layOut(conversation: Conversation, index: number): Speech[] {
  // People do not answer after the same pause each time; where the conversation does not say, these take turns.
  const pauses = [0.45, 0.3, 0.6, 0.35, 0.5, 0.25, 0.4]
  let end = 0
  return conversation.turns.map((turn, place) => {
    const samples = speak(turn.text, conversation.voices[turn.speaker])
    const gap = turn.gap ?? pauses[(index + place) % pauses.length] ?? 0.4
    // Nobody speaks before their own recording runs.
    const earliest = (conversation.starts[turn.speaker] + 0.4) * sampleRate
    const start = Math.round(Math.max(end + gap * sampleRate, earliest))
    end = start + samples.length
    return { speaker: turn.speaker, start, samples }
  })
}

/** One turn as samples, all voices equally loud. */
function speak(text: string, { voice, pitch, speed }: Voice): Int16Array {
  const wav = execFileSync('espeak-ng', ['-v', voice, '-p', `${pitch}`, '-s', `${speed}`, '--stdout', text], {
    maxBuffer: 64 * 1024 * 1024,
  })
  if (wav.readUInt32LE(24) !== sampleRate) throw new Error(`${voice} speaks at ${wav.readUInt32LE(24)} Hz`)
  // Streamed to stdout the header cannot know the length, so the samples are simply all that follows its 44 bytes.
  const spoken = new Int16Array(Math.floor((wav.length - 44) / 2)).map((_, at) =>
    wav.readInt16LE(44 + at * 2),
  )
  return evenOut(trim(spoken))
}

/** Without espeak-ng's silence around the words, which would lengthen every pause by its own amount. */
function trim(samples: Int16Array): Int16Array {
  const audible = (sample: number) => Math.abs(sample) > 60
  const margin = Math.round(0.03 * sampleRate)
  const first = samples.findIndex(audible)
  if (first < 0) throw new Error('A turn is silent')
  return samples.slice(Math.max(0, first - margin), samples.findLastIndex(audible) + margin)
}

function evenOut(samples: Int16Array): Int16Array {
  const peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0)
  const gain = Math.min(3_000 / rootMeanSquare(samples), 24_000 / peak)
  return samples.map((sample) => Math.round(sample * gain))
}

function rootMeanSquare(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
}

function makeRecording(
  conversation: Conversation,
  speaker: Speaker,
  speeches: readonly Speech[],
): ManifestRecording {
  const offsetSeconds = conversation.starts[speaker]
  const track = recordOne(conversation, speaker, speeches)
  const file = `${conversation.name}.${speaker}.webm`
  const filmed = conversation.camera === speaker
  const sound = join(scratch, 'sound.raw')
  writeFileSync(sound, new Uint8Array(track.buffer))

  const soundInput = ['-f', 's16le', '-ar', `${sampleRate}`, '-ac', '1', '-i', sound]
  const pictureInput = filmed ? pictureOf(track) : []
  const codecs = filmed ? [...vp9, ...opus] : opus
  runFfmpeg([...pictureInput, ...soundInput, ...codecs, ...repeatable, ...seekable, join(folder, file)])

  const durationMs = measure(join(folder, file))
  return {
    file,
    speaker,
    offsetSeconds,
    durationSeconds: Math.round(durationMs / 1000),
    durationMs,
    bytes: statSync(join(folder, file)).size,
    contents: filmed ? 'AUDIOVIDEO' : 'AUDIO',
    mediaType: filmed ? 'video/webm' : 'audio/webm',
  }
}

/** What one participant's microphone heard: their own turns, and true silence while the other speaks. */
function recordOne(
  { starts, lingers }: Conversation,
  speaker: Speaker,
  speeches: readonly Speech[],
): Int16Array {
  const offset = starts[speaker] * sampleRate
  const lastWord = Math.max(...speeches.map(({ start, samples }) => start + samples.length))
  const wanted = lastWord + lingers[speaker] * sampleRate - offset
  const track = new Int16Array(Math.ceil(wanted / samplesPerFrame) * samplesPerFrame)
  for (const speech of speeches)
    if (speech.speaker === speaker) track.set(speech.samples, speech.start - offset)
  return track
}

/** Draws the picture to a scratch file, and gives the arguments with which ffmpeg reads it. */
function pictureOf(track: Int16Array): string[] {
  const loudness: number[] = []
  const frames: Uint8Array[] = []
  for (let at = 0; at < track.length; at += samplesPerFrame) {
    loudness.push(Math.min(1, rootMeanSquare(track.subarray(at, at + samplesPerFrame)) / 6_000))
    frames.push(drawPortrait(at / sampleRate, loudness))
  }
  const picture = join(scratch, 'picture.raw')
  writeFileSync(picture, Buffer.concat(frames))
  const size = `${portraitWidth}x${portraitHeight}`
  return ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', size, '-r', `${framesPerSecond}`, '-i', picture]
}

function runFfmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...args], { stdio: 'inherit' })
}

function measure(path: string): number {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path]
  return Math.round(Number(execFileSync('ffprobe', args, { encoding: 'utf8' })) * 1000)
}
