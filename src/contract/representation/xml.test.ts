import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type EngagementV1, engagementV1 } from '../model/engagement.ts'
import { recordingV1 } from '../model/recording.ts'
import { engagementUserV1 } from '../model/user.ts'
import { invalidParameters } from '../problem.ts'
import { formatInstant } from '../query/instant.ts'
import { readEngagement, writeEngagement } from './json.ts'
import {
  fromXml,
  writeEngagementListXml,
  writeEngagementXml,
  writeProblemXml,
  writeXml,
  type XmlElement,
} from './xml.ts'

/** The root of a document. @throws when it is not well-formed, or has attributes */
function parse(document: string): XmlElement {
  const top: XmlElement & { children: XmlElement[] } = { name: '', text: '', children: [] }
  const open: { name: string; text: string; children: XmlElement[] }[] = [top]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', ({ local, attributes }) => {
    expect(attributes).toEqual({})
    const element = { name: local, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const element = open.at(-1)
    if (element) element.text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(document).close()
  const [root] = top.children
  if (root === undefined) throw new Error('no root')
  return root
}

const schema = await readFile(new URL('./engagementListV1.xsd', import.meta.url), 'utf8')
const units = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes))
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  units,
  fc.constantFrom('\r\n', ']]>', '<a&b>'),
)
const instant = fc.integer({ min: 0, max: 4e12 }).map(formatInstant)
const amount = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
)
const upper = text.map((word) => word.toUpperCase())
const lower = text.map((word) => word.toLowerCase())
const fields = {
  startDate: instant,
  endDate: instant,
  id: text,
  duration: amount,
  contents: upper,
  context: text,
  users: fc.array(fc.record({ uri: text, association: upper }, { requiredKeys: [] })),
  recordings: fc.array(
    fc.record(
      { uri: text, user: text, created: instant, duration: amount, size: amount, contents: upper },
      { requiredKeys: [] },
    ),
  ),
  releaseState: lower,
  status: lower,
  pendingTime: fc.nat(),
  assignedTeam: text,
  associateInitiated: fc.boolean(),
  reason: text,
}
const engagement: fc.Arbitrary<EngagementV1> = fc.record(fields, { requiredKeys: ['associateInitiated'] })
const strange = fc
  .tuple(engagement, fc.dictionary(text, fc.jsonValue()))
  .map(([known, others]): EngagementV1 => ({ ...others, ...known }))

/** What is left of a value in XML: characters that it cannot hold replaced, numbers whole, words trimmed, empty lists gone. */
function inXml(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => inXml(one))
  if (typeof value === 'number') return Math.round(value)
  if (typeof value === 'string') {
    const readable = value.replace(
      /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu,
      '\ufffd',
    )
    return ['contents', 'association', 'status', 'releaseState'].includes(name) ? readable.trim() : readable
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const written = inXml(one, key)
      return written === undefined ? [] : [[key, written]]
    }),
  )
}

describe('an engagement in XML', () => {
  it('reads back as it was written, as far as XML can hold it', () => {
    fc.assert(
      fc.property(engagement, (value) => {
        const root = parse(writeEngagementXml(writeEngagement(value)))
        expect(root.name).toBe('engagementV1')
        expect(readEngagement(fromXml(root))).toEqual({ ok: true, value: inXml(value) })
      }),
    )
  })

  it('is well-formed whatever fields of its own it has', () => {
    fc.assert(
      fc.property(fc.array(strange), fc.boolean(), (values, hasMore) => {
        const root = parse(writeEngagementListXml(hasMore, values.map(writeEngagement)))
        const [first, ...rows] = root.children
        expect(first).toMatchObject({ name: 'hasMore', text: String(hasMore) })
        expect(rows.map(({ name }) => name)).toEqual(values.map(() => 'engagements'))
      }),
    )
  })

  it('obeys the schema, and so does a page', async () => {
    const samples = fc.sample(engagement, 50).map(writeEngagement)
    const unread = [{ row: 1, errors: [{ field: 'startDate', value: '"<soon>"', message: 'a date' }] }]
    const { errors } = await validateXML({
      xml: [
        { fileName: 'list.xml', contents: writeEngagementListXml(true, samples) },
        { fileName: 'empty.xml', contents: writeEngagementListXml(false, []) },
        { fileName: 'unread.xml', contents: writeEngagementListXml(false, samples, unread) },
        { fileName: 'one.xml', contents: writeEngagementXml(samples[0] ?? '{}') },
      ],
      schema,
    })
    expect(errors).toEqual([])
  })

  it('is written as the reference shows it', () => {
    const document = writeEngagement({
      reason: '5 < 6 & "so"',
      startDate: '2018-01-15T10:25:11Z',
      id: '1',
      duration: 12.5,
      pendingTime: 1e19,
      users: [{ uri: 'a@x.example', association: 'CREATOR' }, { uri: 'b@x.example' }],
      recordings: [{ size: 1e21, uri: 'r', duration: 0.4 }],
      associateInitiated: false,
      extra: { note: ['x', null, 1.5], '1st': 1, 'a b': 2, 'ns:a': 3 },
    })
    expect(writeEngagementListXml(false, [document])).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<engagementListV1><hasMore>false</hasMore><engagements><startDate>2018-01-15T10:25:11Z</startDate>' +
        '<id>1</id><duration>13</duration><users><uri>a@x.example</uri><association>CREATOR</association></users>' +
        '<users><uri>b@x.example</uri></users><recordings><uri>r</uri><duration>0</duration>' +
        '<size>1000000000000000000000</size></recordings><associateInitiated>false</associateInitiated>' +
        '<reason>5 &lt; 6 &amp; "so"</reason><extra><note>x</note><note>1.5</note></extra>' +
        '</engagements></engagementListV1>\n',
    )
  })

  it('leaves out what lies deeper than readers follow', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'end' : { deeper: nested(depth - 1) })
    const lists = (depth: number): unknown => (depth === 0 ? 'end' : [lists(depth - 1)])
    const value = { associateInitiated: true, nested: nested(1000), lists: lists(1000) }
    const written = writeEngagementXml(writeEngagement(value))
    expect(() => parse(written)).not.toThrow()
    expect(written.length).toBeLessThan(5000)
  })
})

it('has a schema of the contract’s fields in their order', () => {
  const orderOf = (type: string) => {
    const [, body = ''] =
      new RegExp(`complexType name="${type}">(.*?)</xs:complexType>`, 's').exec(schema) ?? []
    return [...body.matchAll(/element name="(\w+)"/g)].map(([, name]) => name)
  }
  expect(orderOf('engagementV1')).toEqual(Object.keys(engagementV1.shape))
  expect(orderOf('engagementUserV1')).toEqual(Object.keys(engagementUserV1.shape))
  expect(orderOf('recordingV1')).toEqual(Object.keys(recordingV1.shape))
})

it('writes a problem as RFC 9457 has it', () => {
  const written = writeProblemXml(
    invalidParameters([{ parameter: 'limit', value: '<0>', message: 'out of bounds' }]),
  )
  expect(written).toContain(
    '<problem xmlns="urn:ietf:rfc:7807"><type>urn:problem:hindsight:invalid-parameter',
  )
  expect(written).toContain(
    '<errors><i><parameter>limit</parameter><value>&lt;0&gt;</value><message>out of bounds</message></i></errors>',
  )
})

it('writes any other model by its own field order', () => {
  expect(writeXml('peopleV1', { users: [{ uri: 'a' }, { uri: 'b' }] })).toContain(
    '<peopleV1><users><uri>a</uri></users><users><uri>b</uri></users></peopleV1>',
  )
})

it.each([
  ['<engagements><startDate/><duration> 12 </duration><reason/></engagements>', { duration: 12, reason: '' }],
  ['<engagements><status>\n Successful\n</status></engagements>', { status: 'successful' }],
  ['<engagements><associateInitiated>1</associateInitiated></engagements>', { associateInitiated: true }],
  ['<engagements><associateInitiated/></engagements>', {}],
  ['<engagements><users/></engagements>', { users: [{}] }],
  ['<engagements><startDate>1516011911</startDate></engagements>', { startDate: '2018-01-15T10:25:11Z' }],
  ['<engagements>\n</engagements>', {}],
  ['<engagements><note>a</note><note>b</note><note>c</note></engagements>', { note: ['a', 'b', 'c'] }],
])('reads %s liberally', (given, expected) => {
  expect(readEngagement(fromXml(parse(given)))).toEqual({
    ok: true,
    value: { associateInitiated: false, ...expected },
  })
})
