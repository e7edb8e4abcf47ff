import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { bucketsPerSecond, floorDecibels, levelOf, loudestLevel } from '../../../contract/model/peaks.ts'
import { measureSound } from './measure-sound.ts'

const folder = path.join(import.meta.dirname, 'fixtures')
const demo = path.join(import.meta.dirname, '../../demo/media')

function measureBytes(bytes: Uint8Array) {
  return measureSound({ size: bytes.length, read: (first, end) => bytes.slice(first, end) })
}

async function levelsOf(file: string): Promise<Uint8Array> {
  const measured = await measureBytes(readFileSync(file))
  if (measured.kind !== 'levels') throw new Error(measured.why)
  return measured.levels
}

const decibels = (level: number) => floorDecibels * (1 - level / loudestLevel)

// Every file here holds a tone of amplitude 0.5 for a second, a second of silence, and the tone at 0.05 for half a second.
describe.each(['opus.webm', 'opus.ogg', 'opus-stereo.webm', 'mp3.mp3', 'flac.flac', 'ulaw.wav'])(
  '%s',
  (name) => {
    const stereo = name.includes('stereo') ? 20 * Math.log10(Math.SQRT1_2) : 0
    it.each([
      ['loud', 0.1, 0.9, 20 * Math.log10(0.5) + stereo],
      ['quiet', 2.15, 2.35, 20 * Math.log10(0.05) + stereo],
    ])('is %s there', async (_, from, to, expected) => {
      const levels = (await levelsOf(path.join(folder, name))).subarray(
        from * bucketsPerSecond,
        to * bucketsPerSecond,
      )
      expect(levels.length).toBeGreaterThan(3)
      for (const level of levels) expect(Math.abs(decibels(level) - expected)).toBeLessThan(2)
    })

    it('is silent in between, and as long as it is', async () => {
      const levels = await levelsOf(path.join(folder, name))
      for (const level of levels.subarray(1.2 * bucketsPerSecond, 1.9 * bucketsPerSecond))
        expect(decibels(level)).toBeLessThan(-50)
      expect(Math.abs(levels.length / bucketsPerSecond - 2.5)).toBeLessThan(0.15)
    })
  },
)

it('measures what the demo plays, speech with pauses', async () => {
  const levels = await levelsOf(path.join(demo, 'charged-twice.associate.webm'))
  expect(Math.abs(levels.length / bucketsPerSecond - 37.7)).toBeLessThan(0.2)
  const share = (above: number) => levels.filter((level) => decibels(level) > above).length / levels.length
  expect(share(-12)).toBeGreaterThan(0.2)
  expect(share(-40)).toBeLessThan(0.9)
})

it('finds the sound beside a picture', async () => {
  const levels = await levelsOf(path.join(demo, 'identity-check-by-video.customer.webm'))
  expect(levels.some((level) => decibels(level) > -12)).toBe(true)
})

/** A WAV of 16-bit PCM, its channels one after the other in each frame. */
function wav(channels: readonly Int16Array[], sampleRate: number): Uint8Array {
  const frames = channels[0]?.length ?? 0
  const bytes = Buffer.alloc(44 + frames * channels.length * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(channels.length, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(sampleRate * channels.length * 2, 28)
  bytes.writeUInt16LE(channels.length * 2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(bytes.length - 44, 40)
  channels.forEach((channel, at) => {
    channel.forEach((sample, frame) => {
      bytes.writeInt16LE(sample, 44 + (frame * channels.length + at) * 2)
    })
  })
  return bytes
}

it('gives exactly what plain code gives, of both channels', async () => {
  const sampleRate = 8000
  const channels = [0, 1].map((n) =>
    Int16Array.from(
      { length: 3 * sampleRate + 77 },
      (_, at) => 30_000 * Math.sin(at / 9) * Math.sin(at / (4000 + n * 3000)),
    ),
  )
  const expected: number[] = []
  for (const channel of channels)
    channel.forEach((sample, at) => {
      const bucket = Math.floor((at * bucketsPerSecond) / sampleRate)
      expected[bucket] = Math.max(expected[bucket] ?? 0, levelOf(Math.abs(sample / 32_768)))
    })
  const measured = await measureBytes(wav(channels, sampleRate))
  expect(measured.kind === 'levels' && [...measured.levels]).toEqual(expected)
})

describe('what cannot be measured', () => {
  it('is told by the kind of its sound', async () => {
    expect(await measureBytes(readFileSync(path.join(folder, 'aac.m4a')))).toEqual({
      kind: 'undecodable',
      why: 'Sound of the kind aac is not decoded here.',
    })
  })

  it.each([
    ['noise', 'no recording at all, whatever its name says', 'Its bytes are not those of a recording.'],
    [
      'a playlist',
      '#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9,\nhttp://127.0.0.1/a.ts\n',
      'Its bytes are not those of a recording.',
    ],
    ['nothing', '', 'Its bytes are damaged.'],
  ])('is told when it is %s', async (_, text, why) => {
    expect(await measureBytes(Buffer.from(text))).toEqual({ kind: 'undecodable', why })
  })

  it('is measured as far as it goes where it breaks off', async () => {
    const whole = readFileSync(path.join(demo, 'charged-twice.associate.webm'))
    const measured = await measureBytes(whole.subarray(0, whole.length * 0.6))
    const levels = measured.kind === 'levels' ? measured.levels : new Uint8Array()
    expect(levels.length).toBeGreaterThan(10 * bucketsPerSecond)
    expect(levels.length).toBeLessThan(30 * bucketsPerSecond)
  })

  it('throws what reading threw', async () => {
    const bytes = readFileSync(path.join(folder, 'ulaw.wav'))
    const read = (first: number, end: number) => {
      if (end > 4000) throw new Error('the disk is gone')
      return bytes.slice(first, end)
    }
    await expect(measureSound({ size: bytes.length, read })).rejects.toThrow('the disk is gone')
  })
})
