import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFrameReader, type ExportFrame, frameHead } from './export-frames.ts'

const parts = fc.array(fc.tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.uint8Array({ maxLength: 40 })), {
  maxLength: 6,
})
const last = fc.constantFrom('end' as const, 'broken' as const)

function write(given: readonly [number, Uint8Array][], end: 'end' | 'broken'): Buffer {
  const why = Buffer.from(end === 'broken' ? 'the disk is gone — sorry' : '')
  return Buffer.concat([
    ...given.flatMap(([rows, bytes]) => [frameHead('part', rows, bytes.length), bytes]),
    frameHead(end, 7, why.length),
    why,
  ])
}

function readIn(bytes: Buffer, sizes: readonly number[]): ExportFrame[] {
  const read = createFrameReader()
  const frames: ExportFrame[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    frames.push(...read(bytes.subarray(at, at + size)))
    at += size
  }
  return frames
}

it('reads back what was written, however it is cut', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(parts, last, sizes, (given, end, cuts) => {
      const frames = readIn(write(given, end), cuts)
      const bytes = frames.flatMap((frame) => (frame.kind === 'part' ? [...frame.bytes] : []))
      expect(bytes).toEqual(given.flatMap(([, part]) => [...part]))
      const tail = frames.at(-1)
      expect(tail).toMatchObject({ kind: end, rows: 7 })
      if (tail?.kind === 'broken') expect(Buffer.from(tail.bytes).toString()).toBe('the disk is gone — sorry')
    }),
  )
})

it('never takes frames that were cut off for whole ones', () => {
  fc.assert(
    fc.property(parts, fc.nat(), (given, n) => {
      const whole = write(given, 'end')
      const frames = createFrameReader()(whole.subarray(0, n % whole.length))
      expect(frames.some(({ kind }) => kind === 'end')).toBe(false)
    }),
  )
})

it('refuses what is no frame, and what follows the end', () => {
  expect(() => createFrameReader()(Buffer.from('<!doctype html>'))).toThrow('no frames')
  expect(() => createFrameReader()(Buffer.concat([write([], 'end'), Buffer.from('x')]))).toThrow(
    'after their end',
  )
})
