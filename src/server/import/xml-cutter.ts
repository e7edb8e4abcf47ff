/**
 * An `engagementListV1` document: every `engagements` element becomes the JSON text that it would be, so that what comes
 * after knows one form. Nothing but the element being read is held. No entity is expanded but XML's own five and numeric
 * references: a DOCTYPE, the only place where others could come from, ends the reading.
 */
import { SaxesParser } from 'saxes'
import { fromXml, type XmlElement } from '../../contract/representation/xml.ts'
import { type ElementCutter, type JsonElement, largestElementBytes, tooLarge } from './json-element.ts'

const rootName = 'engagementListV1'
const rowNames: readonly string[] = ['engagements', 'engagementV1']
const deepest = 64
/** What may stand before the root, in bytes; the parser would hold a DOCTYPE of any size. */
const longestProlog = 64 * 1024

interface OpenElement extends XmlElement {
  text: string
  readonly children: OpenElement[]
}

/** Why nothing more can be read of a file. */
class Unreadable extends Error {}

const refused = (doctype: string) => `${doctype} is refused: a document type can define entities`

export function createXmlCutter(): ElementCutter {
  return new XmlCutter()
}

class XmlCutter implements ElementCutter {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  #found: JsonElement[] = []
  #over = false
  /** Open elements above the engagement. */
  #depth = 0
  #inProlog = true
  #sawDoctype = false

  /** The engagement being read, and what is open in it. */
  #open: OpenElement[] = []
  #startLine = 1
  #size = 0
  /** What is wrong with it; it is passed over then. */
  #wrong: string | undefined

  /** An engagement has been found, and the parser has told nothing since. */
  #justFound = false
  /** Bytes that came since the parser had something to tell: what it holds. */
  #quietBytes = 0

  constructor() {
    const parser = this.#parser
    parser.on('error', ({ message }) => {
      // The parser closes an element before it says that the tag was another's: what was found is broken.
      if (this.#justFound && message.includes('unexpected close tag')) this.#found.pop()
      throw new Unreadable(`not well-formed XML: ${message.replace(/^[\d:]+ /, '')}`)
    })
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding))
        throw new Unreadable(`the encoding ${encoding} is not read; expected UTF-8`)
    })
    parser.on('doctype', (doctype) => {
      const [name = ''] = doctype.trim().split(/[\s[]/)
      throw new Unreadable(refused(`<!DOCTYPE ${name.slice(0, 80)}>`))
    })
    parser.on('opentag', ({ local, attributes }) => this.#enter(local, attributes))
    parser.on('closetag', () => this.#leave())
    parser.on('text', (text) => this.#add(text))
    parser.on('cdata', (text) => this.#add(text))
    for (const event of ['comment', 'processinginstruction'] as const)
      parser.on(event, () => this.#toldSomething())
  }

  push(chunk: Buffer): JsonElement[] {
    return this.#advance(() => {
      this.#quietBytes += chunk.length
      const text = this.#decode(chunk)
      if (this.#inProlog) this.#sawDoctype ||= text.includes('<!DOCTYPE')
      this.#parser.write(text)
      if (this.#inProlog && this.#quietBytes > longestProlog)
        throw new Unreadable(
          this.#sawDoctype
            ? refused('<!DOCTYPE>')
            : `no element within the first ${longestProlog / 1024} KiB`,
        )
      if (this.#quietBytes > largestElementBytes) throw new Unreadable(tooLarge)
    })
  }

  end(): JsonElement[] {
    return this.#advance(() => {
      this.#parser.write(this.#decode())
      if (this.#open.length > 0 || this.#depth > 0)
        throw new Unreadable(
          `the file ends before its ${this.#open.length > 0 ? 'last engagement' : 'document'} does`,
        )
      this.#parser.close()
    })
  }

  #advance(act: () => void): JsonElement[] {
    this.#found = []
    if (this.#over) return []
    try {
      act()
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      this.#over = true
      this.#open = []
      const reason = `${error.message}; nothing after this could be read`
      this.#found.push({ kind: 'damage', line: this.#parser.line, reason })
    }
    return this.#found
  }

  #decode(chunk?: Buffer): string {
    try {
      return this.#decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      // What stands before the first byte that is wrong is read all the same.
      const text = new TextDecoder().decode(chunk)
      this.#parser.write(text.slice(0, Math.max(0, text.indexOf('\ufffd'))))
      throw new Unreadable('not UTF-8')
    }
  }

  #enter(name: string, attributes: Readonly<Record<string, { readonly value: string }>>): void {
    this.#toldSomething()
    this.#inProlog = false
    if (this.#open.length === 0 && !this.#beginsRow(name)) {
      if (++this.#depth > deepest) throw new Unreadable(`elements nested deeper than ${deepest}`)
      return
    }
    if (this.#open.length >= deepest) throw new Unreadable(`elements nested deeper than ${deepest}`)
    const odd = Object.keys(attributes).find((attribute) => !/^(xmlns$|xmlns:|xsi:)/.test(attribute))
    if (odd !== undefined) this.#wrong ??= `the attribute ${odd} of ${name} is not read`
    const element: OpenElement = { name, text: '', children: [] }
    this.#count(name.length)
    // XML Schema's way to write null.
    const absent = attributes['xsi:nil']?.value === 'true'
    if (this.#wrong === undefined && !absent) this.#open.at(-1)?.children.push(element)
    this.#open.push(element)
  }

  #toldSomething(): void {
    this.#quietBytes = 0
    this.#justFound = false
  }

  /** At the root, and beneath it. */
  #beginsRow(name: string): boolean {
    if (this.#depth === 0 && name !== rootName && name !== 'engagementV1')
      throw new Unreadable(`the document is <${name.slice(0, 80)}>; expected ${rootName}`)
    if (this.#depth > 1 || !rowNames.includes(name)) return false
    this.#startLine = this.#parser.line
    this.#size = 0
    this.#wrong = undefined
    return true
  }

  #add(text: string): void {
    this.#toldSomething()
    const element = this.#open.at(-1)
    if (element === undefined) return
    this.#count(text.length)
    if (this.#wrong === undefined) element.text += text
  }

  #count(characters: number): void {
    this.#size += characters
    if (this.#size <= largestElementBytes || this.#wrong === tooLarge) return
    this.#wrong = tooLarge
    // What was held of it is let go.
    this.#open = this.#open.map(({ name }) => ({ name, text: '', children: [] }))
  }

  #leave(): void {
    this.#toldSomething()
    const element = this.#open.pop()
    if (element === undefined) {
      this.#depth--
      return
    }
    if (element.children.length > 0 && element.text.trim() !== '')
      this.#wrong ??= `${element.name} has text beside its elements`
    if (this.#open.length > 0) return
    this.#justFound = true
    this.#found.push(
      this.#wrong === undefined
        ? { kind: 'text', line: this.#startLine, bytes: Buffer.from(JSON.stringify(fromXml(element))) }
        : { kind: 'damage', line: this.#startLine, reason: this.#wrong },
    )
  }
}
