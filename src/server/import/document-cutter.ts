/**
 * A JSON document: the elements of its `engagements` list, those of a bare list, or top-level values one after another.
 * Nothing but the element being read is held. Outside strings every byte of JSON is ASCII, so the cutting is done on bytes.
 */
import { type ElementCutter, type JsonElement, largestElementBytes, tooLarge } from './json-element.ts'

const listName = '"engagements"'

const newline = 0x0a
const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** `seeking`: at the top, or in an object that may yet turn out to hold the list. `leaving`: past the list, to the document's end. */
type Mode = 'seeking' | 'listing' | 'leaving'

export function createDocumentCutter(): ElementCutter {
  return new DocumentCutter()
}

class DocumentCutter implements ElementCutter {
  #mode: Mode = 'seeking'
  #line = 1
  #depth = 0
  #inString = false
  #escaped = false
  /** The depth at which elements stand: 0 at the top, 1 in a bare list, 2 in a document's list. */
  #elementDepth = 0
  #expectsComma = false
  /** A document or list has been read to its end: only white space may follow. */
  #over = false
  #damaged = false

  // The element being read.
  #reading = false
  #parts: Buffer[] = []
  #size = 0
  #startLine = 1

  // Names at depth 1 of an object at the top, to find the list by.
  #name = ''
  #nameIsOpen = false
  #valueIsNext = false

  push(chunk: Buffer): JsonElement[] {
    const found: JsonElement[] = []
    let from = 0
    for (let at = 0; at < chunk.length && !this.#damaged; at++) {
      const byte = chunk[at] ?? 0
      if (byte === newline) this.#line++
      if (this.#inString) {
        this.#withinString(byte)
        continue
      }
      if (byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09) {
        if (this.#reading && this.#depth === this.#elementDepth)
          this.#complete(chunk.subarray(from, at), found)
        continue
      }
      if (this.#mode === 'leaving') {
        this.#leave(byte)
        continue
      }
      if (!this.#reading) {
        if (!this.#between(byte, found)) continue
        from = at
      } else if (this.#depth === this.#elementDepth && (byte === comma || byte === closeBracket)) {
        this.#complete(chunk.subarray(from, at), found)
        this.#between(byte, found)
        continue
      }
      if (this.#structure(byte)) {
        // The object turned out to be the document: what was held of it is let go.
        this.#drop()
        continue
      }
      if (
        (byte === closeBrace || byte === closeBracket) &&
        this.#reading &&
        this.#depth === this.#elementDepth
      )
        this.#complete(chunk.subarray(from, at + 1), found)
      else if (this.#depth < 0) this.#damage(found, `unexpected ${String.fromCharCode(byte)}`)
    }
    if (this.#reading && !this.#damaged) this.#hold(chunk.subarray(from))
    return found
  }

  end(): JsonElement[] {
    const found: JsonElement[] = []
    if (this.#damaged) return found
    if (this.#reading && this.#depth === this.#elementDepth && !this.#inString)
      this.#complete(Buffer.alloc(0), found)
    if (this.#reading || this.#mode !== 'seeking')
      this.#damage(found, `the file ends before its ${this.#reading ? 'last engagement' : 'document'} does`)
    return found
  }

  #withinString(byte: number): void {
    if (this.#nameIsOpen) this.#name += String.fromCharCode(byte)
    if (this.#escaped) this.#escaped = false
    else if (byte === backslash) this.#escaped = true
    else if (byte === quote) {
      this.#inString = false
      this.#nameIsOpen = false
    }
  }

  /** Between elements. @returns whether the byte begins one */
  #between(byte: number, found: JsonElement[]): boolean {
    if (this.#mode === 'listing') {
      if (byte === closeBracket) {
        this.#depth--
        this.#mode = this.#depth === 0 ? 'seeking' : 'leaving'
        this.#over = true
        this.#elementDepth = 0
        return false
      }
      if (byte === comma && this.#expectsComma) {
        this.#expectsComma = false
        return false
      }
      if (this.#expectsComma || byte === comma) {
        this.#damage(found, `unexpected ${JSON.stringify(String.fromCharCode(byte))} between engagements`)
        return false
      }
    } else if (this.#over) {
      this.#damage(
        found,
        `unexpected ${JSON.stringify(String.fromCharCode(byte))} after the end of the document`,
      )
      return false
    } else if (byte === openBracket) {
      this.#depth = 1
      this.#enterList()
      return false
    } else if (byte !== openBrace) {
      this.#damage(found, 'neither a JSON or XML document nor lines of JSON objects')
      return false
    }
    this.#reading = true
    this.#startLine = this.#line
    return true
  }

  /** Follows strings and brackets. @returns whether the byte opens the document's list */
  #structure(byte: number): boolean {
    const atNames = this.#mode === 'seeking' && this.#depth === 1
    if (byte === quote) {
      this.#inString = true
      this.#nameIsOpen = atNames && !this.#valueIsNext
      if (this.#nameIsOpen) this.#name = '"'
      this.#valueIsNext = false
    } else if (byte === openBrace || byte === openBracket) {
      const opensList = atNames && byte === openBracket && this.#valueIsNext && this.#name === listName
      this.#depth++
      this.#valueIsNext = false
      if (opensList) this.#enterList()
      return opensList
    } else if (byte === closeBrace || byte === closeBracket) this.#depth--
    else if (atNames && byte === colon) this.#valueIsNext = true
    else if (atNames && byte === comma) this.#valueIsNext = false
    return false
  }

  #enterList(): void {
    this.#mode = 'listing'
    this.#elementDepth = this.#depth
    this.#expectsComma = false
  }

  #leave(byte: number): void {
    if (byte === quote) this.#inString = true
    else if (byte === openBrace || byte === openBracket) this.#depth++
    else if (byte === closeBrace || byte === closeBracket) this.#depth--
    if (this.#depth === 0) this.#mode = 'seeking'
  }

  #hold(bytes: Buffer): void {
    this.#size += bytes.length
    if (this.#size <= largestElementBytes) this.#parts.push(bytes)
  }

  #drop(): void {
    this.#reading = false
    this.#parts = []
    this.#size = 0
  }

  #complete(last: Buffer, found: JsonElement[]): void {
    this.#hold(last)
    const [only] = this.#parts
    const bytes = this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts)
    found.push(
      this.#size > largestElementBytes
        ? { kind: 'damage', line: this.#startLine, reason: tooLarge }
        : { kind: 'text', line: this.#startLine, bytes },
    )
    this.#expectsComma = this.#mode === 'listing'
    this.#drop()
  }

  #damage(found: JsonElement[], reason: string): void {
    this.#damaged = true
    this.#drop()
    found.push({ kind: 'damage', line: this.#line, reason: `${reason}; nothing after this could be read` })
  }
}
