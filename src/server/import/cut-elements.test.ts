import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutElements } from './cut-elements.ts'
import { largestElementBytes } from './json-element.ts'

async function cut(chunks: readonly Buffer[]) {
  async function* stream() {
    yield* chunks
  }
  const elements = (await Array.fromAsync(cutElements(stream()))).flat()
  return elements.map((element) =>
    element.kind === 'text' ? JSON.parse(element.bytes.toString('utf8')) : element,
  )
}

function inPieces(text: string, borders: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text)
  const places = [0, ...borders.map((border) => border % (bytes.length + 1)), bytes.length].toSorted(
    (a, b) => a - b,
  )
  return places.slice(1).map((to, at) => bytes.subarray(places[at], to))
}

const borders = fc.array(fc.nat(), { maxLength: 12 })
const strings = fc.string({ unit: 'binary' })
const engagement = fc.record({
  id: strings,
  context: fc.dictionary(strings, fc.jsonValue({ maxDepth: 2 })),
  engagements: fc.option(fc.array(fc.jsonValue({ maxDepth: 1 })), { nil: 'a name like the list’s' }),
})
const indent = fc.constantFrom(undefined, 2, '\t')

it('cuts a document wherever its chunks end, as JSON.parse reads it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(engagement),
      fc.dictionary(
        strings.filter((name) => name !== 'engagements'),
        fc.jsonValue({ maxDepth: 3 }),
      ),
      indent,
      borders,
      async (engagements, others, space, at) => {
        const text = JSON.stringify({ ...others, engagements, hasMore: true }, null, space)
        expect(await cut(inPieces(text, at))).toEqual(JSON.parse(text).engagements)
      },
    ),
  )
})

it('cuts a bare list', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(engagement), indent, borders, async (engagements, space, at) => {
      const text = JSON.stringify(engagements, null, space)
      expect(await cut(inPieces(text, at))).toEqual(JSON.parse(text))
    }),
  )
})

it('cuts lines, with either line end, blank lines and a byte order mark', async () => {
  const rows = fc.array(
    engagement.map(({ id, context }) => ({ id, context })),
    { minLength: 1 },
  )
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n', '\n\n'), borders, async (engagements, end, at) => {
      const text = `\ufeff${engagements.map((row) => JSON.stringify(row)).join(end)}${end}`
      expect(await cut(inPieces(text, at))).toEqual(JSON.parse(JSON.stringify(engagements)))
    }),
  )
})

it('leaves a broken line to its reader, and goes on after it', async () => {
  const text = '{"id":"a"}\n{"id":}\n{"id":"c"}\n'
  async function* stream() {
    yield Buffer.from(text)
  }
  const elements = (await Array.fromAsync(cutElements(stream()))).flat()
  expect(
    elements.map((element) => [element.line, element.kind === 'text' && element.bytes.toString()]),
  ).toEqual([
    [1, '{"id":"a"}'],
    [2, '{"id":}'],
    [3, '{"id":"c"}'],
  ])
})

it.each([
  ['{"engagements":[{"id":"a"},{"id":"b"', [{ id: 'a' }], 'the file ends before'],
  ['{"engagements":[{"id":"a"}', [{ id: 'a' }], 'the file ends before'],
  ['{"engagements":[{"id":"a"} {"id":"b"}]}', [{ id: 'a' }], 'between engagements'],
  ['{"engagements":[{"id":"a"}]} trailing', [{ id: 'a' }], 'after the end of the document'],
  ['engagementListV1', [], 'neither a JSON or XML document nor lines'],
])('says what is wrong with %s, and keeps what stands before it', async (text, kept, reason) => {
  const found = await cut([Buffer.from(text)])
  expect(found.slice(0, -1)).toEqual(kept)
  expect(found.at(-1)).toMatchObject({ kind: 'damage', reason: expect.stringContaining(reason) })
})

it('passes over an engagement too large to hold', async () => {
  const large = JSON.stringify({ id: 'large', context: { note: 'x'.repeat(largestElementBytes) } })
  const found = await cut(inPieces(`{"engagements":[{"id":"a"},${large},{"id":"c"}]}`, [100, 5_000, 70_000]))
  expect(found).toEqual([{ id: 'a' }, expect.objectContaining({ kind: 'damage', line: 1 }), { id: 'c' }])
})
