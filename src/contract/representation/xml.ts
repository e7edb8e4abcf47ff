/**
 * Model <-> XML. As the reference has it: no namespace, no attributes, lists as repeated elements without a wrapper, an
 * absent field without an element. Ours: what XML 1.0 cannot hold becomes U+FFFD; a field that is no element's name, or that
 * lies too deep, is left out.
 */
import { type EngagementV1, engagementV1 } from '../model/engagement.ts'
import { recordingV1 } from '../model/recording.ts'
import type { UnreadRow } from '../model/unread-row.ts'
import { engagementUserV1 } from '../model/user.ts'
import type { Problem } from '../problem.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
/** RFC 9457, appendix B: problems alone have a namespace, and name the elements of a list `i`. */
const problemNamespace = 'urn:ietf:rfc:7807'
/** Readers of XML hold their own limits, libxml2's being 256. */
const deepest = 64

type WriteNumber = (value: number) => string | undefined

/** One element of the contract, its tags ready. */
interface Field {
  readonly name: string
  readonly open: string
  readonly close: string
  readonly number: WriteNumber
  readonly inner: Shape
}

/** The elements of one kind of object, in their order. */
interface Shape {
  readonly fields: readonly Field[]
  readonly names: ReadonlySet<string>
}

function shape(
  names: readonly string[],
  numbers: Readonly<Record<string, WriteNumber>> = {},
  inner: Readonly<Record<string, Shape>> = {},
): Shape {
  const fields = names.map((name) => fieldOf(name, numbers[name], inner[name]))
  return { fields, names: new Set(names) }
}

function fieldOf(name: string, number: WriteNumber = String, inner: Shape = noShape): Field {
  return { name, open: `<${name}>`, close: `</${name}>`, number, inner }
}

const noShape: Shape = { fields: [], names: new Set() }
const users = shape(Object.keys(engagementUserV1.shape))
const recordings = shape(Object.keys(recordingV1.shape), { duration: integer, size: integer })
const engagementShape = shape(
  Object.keys(engagementV1.shape),
  { duration: integer, pendingTime: long },
  { users, recordings },
)

/** A document of any model that is no engagement, its fields in the order they have. */
export function writeXml(root: string, value: object): string {
  return `${declaration}<${root}>${elements(value, noShape, 1, escaped)}</${root}>\n`
}

export function writeProblemXml({ errors, ...body }: Problem): string {
  const value = errors === undefined ? body : { ...body, errors: { i: errors } }
  return `${declaration}<problem xmlns="${problemNamespace}">${elements(value, noShape, 1, escaped)}</problem>\n`
}

/** One engagement, from its ready JSON text. */
export function writeEngagementXml(document: string): string {
  return `${declaration}<engagementV1>${engagement(document)}</engagementV1>\n`
}

/** A page, from the ready JSON texts of its engagements. */
export function writeEngagementListXml(
  hasMore: boolean,
  documents: readonly string[],
  unread: readonly UnreadRow[] = [],
): string {
  const told = element(fieldOf('unread'), unread, 1, escaped)
  return `${beginEngagementListXml(hasMore)}${writeEngagementsXml(documents)}${told}${endOfEngagementListXml}`
}

/** The same in pieces, for lists that are not in memory at once. @param comment without two hyphens in a row */
export function beginEngagementListXml(hasMore: boolean, comment?: string): string {
  const told = comment === undefined ? '' : `<!-- ${comment} -->\n`
  return `${declaration}${told}<engagementListV1><hasMore>${hasMore}</hasMore>`
}

export function writeEngagementsXml(documents: readonly string[]): string {
  let text = ''
  for (const document of documents) text += `<engagements>${engagement(document)}</engagements>`
  return text
}

export const endOfEngagementListXml = '</engagementListV1>\n'

function engagement(document: string): string {
  const given: EngagementV1 = JSON.parse(document)
  return elements(given, engagementShape, 2, needsEscapes.test(document) ? escaped : asItIs)
}

function elements(given: object, { fields, names }: Shape, depth: number, write: Write): string {
  if (depth > deepest) return ''
  const values = given as Readonly<Record<string, unknown>>
  let text = ''
  for (const field of fields) {
    const value = values[field.name]
    if (value !== undefined) text += element(field, value, depth, write)
  }
  for (const name in values) {
    if (!names.has(name) && elementName.test(name)) text += element(fieldOf(name), values[name], depth, write)
  }
  return text
}

function element(field: Field, value: unknown, depth: number, write: Write): string {
  if (typeof value === 'string') return field.open + write(value) + field.close
  if (typeof value === 'number') {
    const text = field.number(value)
    return text === undefined ? '' : field.open + text + field.close
  }
  if (typeof value === 'boolean') return field.open + value + field.close
  if (Array.isArray(value)) {
    // A list in a list, which no field of the contract has, is deeper: it can be nested without end.
    if (depth > deepest) return ''
    let text = ''
    for (const one of value) text += element(field, one, Array.isArray(one) ? depth + 1 : depth, write)
    return text
  }
  if (typeof value !== 'object' || value === null) return ''
  return field.open + elements(value, field.inner, depth + 1, write) + field.close
}

/** XML Schema's integer: no fraction, no exponent, no bound. */
function integer(value: number): string {
  const whole = Math.round(value)
  return Math.abs(whole) < 1e21 ? String(whole) : BigInt(whole).toString()
}

/** XML Schema's long. @returns undefined for what it cannot hold: nothing is better than another number */
function long(value: number): string | undefined {
  return value < 2 ** 63 ? integer(value) : undefined
}

// Everything but the production Char of XML 1.0, section 2.2; and CR, which a reader would turn into LF.
const special = /[&<>]|[^\t\n\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
}

function escaped(text: string): string {
  return text.replace(special, (character) => references[character] ?? '\ufffd')
}

// What JSON writes as it is, or as an escape, and XML cannot: few documents have any, and most of the time of an engagement
// would go into looking for it in every field.
const needsEscapes = /[&<>\ud800-\udfff\ufffe\uffff]|\\[bfru]/

type Write = (text: string) => string

function asItIs(text: string): string {
  return text
}

// NCName of Namespaces in XML 1.0: a colon would ask for a namespace.
const nameStart =
  'A-Z_a-z\\u{c0}-\\u{d6}\\u{d8}-\\u{f6}\\u{f8}-\\u{2ff}\\u{370}-\\u{37d}\\u{37f}-\\u{1fff}\\u{200c}\\u{200d}' +
  '\\u{2070}-\\u{218f}\\u{2c00}-\\u{2fef}\\u{3001}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{fffd}\\u{10000}-\\u{effff}'
const elementName = new RegExp(
  `^[${nameStart}][${nameStart}.0-9\\u{b7}\\u{300}-\\u{36f}\\u{203f}-\\u{2040}-]*$`,
  'u',
)

/** An element as a parser gives it. */
export interface XmlElement {
  /** Without a prefix. */
  readonly name: string
  /** All text directly in it, in one piece. */
  readonly text: string
  readonly children: readonly XmlElement[]
}

/** What the element would be in JSON, for the readers of JSON to read. A repeated element is a list. */
export function fromXml({ name, text, children }: XmlElement): unknown {
  if (children.length === 0) return plainText(name, text)
  const values = new Map<string, unknown>()
  const lists = new Map<string, unknown[]>()
  for (const child of children) {
    const value = fromXml(child)
    const list = lists.get(child.name)
    if (list !== undefined) list.push(value)
    else if (values.has(child.name)) {
      const begun = [values.get(child.name), value]
      lists.set(child.name, begun)
      values.set(child.name, begun)
    } else values.set(child.name, value)
  }
  return Object.fromEntries(values)
}

const objects = new Set(['engagements', 'engagementV1', 'users', 'recordings'])
const words = new Set(['contents', 'releaseState', 'status', 'association'])
const values = new Set([
  'startDate',
  'endDate',
  'duration',
  'pendingTime',
  'associateInitiated',
  'created',
  'size',
])
/** XML Schema's booleans may be digits. */
const flags = new Map([
  ['1', 'true'],
  ['0', 'false'],
])

/** Blank is nothing where a date or a number stands, but a text where a text stands. */
function plainText(name: string, text: string): unknown {
  const trimmed = text.trim()
  if (objects.has(name) && trimmed === '') return {}
  if (name === 'associateInitiated' && flags.has(trimmed)) return flags.get(trimmed)
  if (values.has(name)) return trimmed === '' ? null : trimmed
  return words.has(name) ? trimmed : text
}
