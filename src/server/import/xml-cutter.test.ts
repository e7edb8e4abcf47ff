import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEngagement, writeEngagement } from '../../contract/representation/json.ts'
import { writeEngagementListXml, writeEngagementXml } from '../../contract/representation/xml.ts'
import { cutElements } from './cut-elements.ts'
import { largestElementBytes } from './json-element.ts'

async function cut(chunks: Iterable<Buffer | string>) {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const elements = (await Array.fromAsync(cutElements(stream()))).flat()
  return elements.map((element) =>
    element.kind === 'text' ? JSON.parse(element.bytes.toString('utf8')) : element,
  )
}

const text = fc.string({ unit: 'binary', minLength: 1 })
const engagement = fc
  .record(
    {
      id: text,
      startDate: fc.constant('2026-01-01T00:00:00Z'),
      duration: fc.nat(),
      users: fc.array(fc.record({ uri: text, note: text }, { requiredKeys: [] }), { minLength: 1 }),
      associateInitiated: fc.boolean(),
      reason: text,
      ours: fc.record({ a: text, b: fc.array(text, { minLength: 2 }) }),
    },
    { requiredKeys: ['associateInitiated'] },
  )
  .map((value) => writeEngagement(value))

it('cuts a page wherever its chunks end, as the page was before it was XML', async () => {
  const borders = fc.array(fc.nat(), { maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(fc.array(engagement), borders, fc.boolean(), async (documents, at, marked) => {
      const bytes = Buffer.from(`${marked ? '\ufeff' : ''}${writeEngagementListXml(true, documents)}`)
      const places = [0, ...at.map((border) => border % bytes.length), bytes.length].toSorted((a, b) => a - b)
      const found = await cut(places.slice(1).map((to, index) => bytes.subarray(places[index], to)))
      const readable = documents.map((document) =>
        JSON.parse(document.replace(/\\u00(0[0-8bcef]|1[0-9a-f])|\\[bf]|[\ufffe\uffff]/g, '\ufffd')),
      )
      expect(found.map((row) => readEngagement(row))).toEqual(readable.map((row) => readEngagement(row)))
    }),
  )
})

it('cuts one engagement alone', async () => {
  expect(await cut([writeEngagementXml('{"id":"a","associateInitiated":true}')])).toEqual([
    { id: 'a', associateInitiated: 'true' },
  ])
})

it('takes prefixes, namespaces, comments, sections and what says null', async () => {
  const document = `<?xml version="1.0" encoding="utf-8"?>
<!-- exported --><ns:engagementListV1 xmlns:ns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <hasMore>false</hasMore>
  <ns:engagements>
    <id>a<!-- b -->c</id><reason><![CDATA[<&>]]>&#x41;&amp;</reason><endDate xsi:nil="true"/>
  </ns:engagements>
</ns:engagementListV1>\n\n`
  expect(await cut([document])).toEqual([{ id: 'ac', reason: '<&>A&' }])
})

describe('what is wrong', () => {
  const row = '<engagements><id>a</id></engagements>'

  it.each([
    ['the file ends before its document does', `<engagementListV1>${row}`],
    ['the file ends before its last engagement does', `<engagementListV1>${row}<engagements><id>b`],
    ['not well-formed XML', `<engagementListV1>${row}<engagements></id>`],
    ['unexpected close tag', `<engagementListV1>${row}<engagements><id>b</id></engagementListV1>`],
    ['unexpected close tag', `<engagementListV1>${row}</engagements>`],
    ['not well-formed XML', `<engagementListV1>${row}</engagementListV1>more`],
    ['undefined entity', `<engagementListV1>${row}<a>&nbsp;</a></engagementListV1>`],
    ['not UTF-8', Buffer.from(`<engagementListV1>${row}<engagements><id>\xff</id>`, 'latin1')],
    ['nested deeper than 64', `<engagementListV1>${row}${'<a>'.repeat(100)}`],
    ['nested deeper than 64', `<engagementListV1>${row}<engagements>${'<a>'.repeat(100)}`],
  ])('is told as %s, and what stands before it is kept', async (reason, document) => {
    const found = await cut([document])
    expect(found).toEqual([{ id: 'a' }, { kind: 'damage', line: 1, reason: expect.stringContaining(reason) }])
    expect(found[1].reason).toContain('nothing after this could be read')
  })

  it.each([
    ['the document is <html>; expected engagementListV1', '<html></html>'],
    ['the encoding ISO-8859-1 is not read', '<?xml version="1.0" encoding="ISO-8859-1"?><engagementListV1/>'],
    ['no element within the first 64 KiB', `<!--${' '.repeat(70_000)}`],
    ['not UTF-8', Buffer.from([0x3c, 0x61, 0xff, 0xfe])],
  ])('is told as %s', async (reason, document) => {
    expect(await cut([document])).toEqual([
      { kind: 'damage', line: 1, reason: expect.stringContaining(reason) },
    ])
  })

  it.each([
    ['<engagements><id x="1">b</id></engagements>', 'the attribute x of id is not read'],
    ['<engagements><users>who?<uri>u</uri></users></engagements>', 'users has text beside its elements'],
  ])('costs %s alone', async (wrong, reason) => {
    expect(await cut([`<engagementListV1>${row}\n${wrong}${row}</engagementListV1>`])).toEqual([
      { id: 'a' },
      { kind: 'damage', line: 2, reason },
      { id: 'a' },
    ])
  })

  it('passes over an engagement too large to hold', async () => {
    function* chunks() {
      yield `<engagementListV1>${row}<engagements>`
      const note = `<note>${'x'.repeat(1024 * 1024)}</note>`
      for (let held = 0; held <= largestElementBytes; held += note.length) yield note
      yield `</engagements>${row}</engagementListV1>`
    }
    expect(await cut(chunks())).toEqual([
      { id: 'a' },
      { kind: 'damage', line: 1, reason: 'larger than 16 MiB' },
      { id: 'a' },
    ])
  })

  it('holds no endless text', async () => {
    function* chunks() {
      yield '<engagementListV1><engagements><id>'
      const piece = 'x'.repeat(1024 * 1024)
      for (let n = 0; n < 64; n++) yield piece
    }
    expect(await cut(chunks())).toEqual([
      { kind: 'damage', line: 1, reason: 'larger than 16 MiB; nothing after this could be read' },
    ])
  })
})

describe('entities', () => {
  it.each([
    '<!DOCTYPE engagementListV1 SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE engagementListV1 [<!ENTITY x SYSTEM "http://127.0.0.1/">]>',
    '<!DOCTYPE engagementListV1 [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    '<!DOCTYPE engagementListV1>',
  ])('cannot be defined: %s', async (doctype) => {
    const document = `<?xml version="1.0"?>\n${doctype}<engagementListV1><engagements><id>&b;</id></engagements></engagementListV1>`
    expect(await cut([document])).toEqual([
      {
        kind: 'damage',
        line: 2,
        reason: expect.stringContaining('<!DOCTYPE engagementListV1> is refused'),
      },
    ])
  })

  it('are refused without holding a definition of any size', async () => {
    function* chunks() {
      yield '<!DOCTYPE x [<!ENTITY a "'
      for (let n = 0; n < 1000; n++) yield 'x'.repeat(10_000)
    }
    expect(await cut(chunks())).toEqual([
      { kind: 'damage', line: 1, reason: expect.stringContaining('<!DOCTYPE> is refused') },
    ])
  })
})
