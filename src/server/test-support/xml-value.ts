/** An answer in XML as the value that it stands for in JSON, by the schema that describes both. */
import { SaxesParser } from 'saxes'
import type { JsonSchema } from '../../contract/openapi/schemas.ts'

interface Element {
  readonly name: string
  text: string
  readonly children: Element[]
}

/**
 * What is no number or truth value where the schema has one stays a text, so that the schema refuses it.
 * @throws when the text is not well-formed
 */
export function xmlValue(
  text: string,
  schema: JsonSchema,
  resolve: (schema: JsonSchema) => JsonSchema,
): unknown {
  const read = ({ text: own, children }: Element, given: JsonSchema): unknown => {
    const described = resolve(given)
    const { properties } = described
    return isSchema(properties) ? object(children, described, properties) : plain(own, described)
  }
  const object = (children: readonly Element[], { required }: JsonSchema, properties: JsonSchema) => {
    const value: Record<string, unknown> = {}
    // An empty list has no element.
    for (const name of Array.isArray(required) ? required : []) if (isList(properties[name])) value[name] = []
    for (const child of children) {
      const property = properties[child.name]
      if (!isList(property)) {
        // A second one is no value of any field.
        value[child.name] = child.name in value ? [] : read(child, isSchema(property) ? property : {})
        continue
      }
      // Problems alone have a wrapper, whose elements are `i` (RFC 9457, appendix B).
      const items = child.children.some(({ name }) => name === 'i') ? child.children : [child]
      const list = Array.isArray(value[child.name]) ? (value[child.name] as unknown[]) : []
      value[child.name] = [...list, ...items.map((item) => read(item, property.items))]
    }
    return value
  }
  return read(rootOf(text), schema)
}

function plain(text: string, { type, const: only }: JsonSchema): unknown {
  const kind = type ?? typeof only
  if (kind === 'boolean') return text === 'true' || (text === 'false' ? false : text)
  return (kind === 'number' || kind === 'integer') && /^-?\d+$/.test(text) ? Number(text) : text
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}

function isList(value: unknown): value is { readonly items: JsonSchema } {
  return isSchema(value) && value.type === 'array'
}

function rootOf(text: string): Element {
  const document: Element = { name: '', text: '', children: [] }
  const open = [document]
  const parser = new SaxesParser({ xmlns: true })
  parser.on('opentag', ({ local }) => {
    const element: Element = { name: local, text: '', children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('text', (part) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part
  })
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(text).close()
  return document.children[0] ?? document
}
