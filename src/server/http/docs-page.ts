/** The API's description as one HTML page, written from the OpenAPI document and nothing else. */
import type { JsonSchema } from '../../contract/openapi/schemas.ts'
import { routes } from '../../contract/routes.ts'

interface Described {
  readonly summary: string
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>
}
interface Parameter {
  readonly name: string
  readonly in: string
  readonly description: string
  readonly schema: { readonly default?: unknown }
}
type Content = Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>
type Paths = Readonly<
  Record<string, Readonly<Record<string, Described>> & { readonly parameters?: readonly Parameter[] }>
>

const methods = ['get', 'head', 'post', 'delete'] as const

/** @param document as `openApiDocument` makes it */
export function docsPage(document: JsonSchema): string {
  const { info, paths, components } = document as unknown as {
    readonly info: { readonly title: string; readonly description: string }
    readonly paths: Paths
    readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
  }
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [operationSection(method, path, operation, item.parameters ?? [])] : []
    }),
  )
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(info.title)} API</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="${routes.docsStyle.path}"></head>
<body><main><h1>${escaped(info.title)} API</h1><p>${inline(info.description)}</p>
<p>For programs: <a href="${routes.openapi.path}">${routes.openapi.path}</a></p>
<h2>Resources</h2>${operations.join('')}
<h2>What goes over the wire</h2>${Object.entries(components.schemas).map(schemaSection).join('')}
</main></body></html>
`
}

function operationSection(
  method: string,
  path: string,
  operation: Described,
  shared: readonly Parameter[],
): string {
  const parameters = [...shared, ...(operation.parameters ?? [])]
  const callers = operation.security.flatMap((one) => Object.keys(one)).join(' or ') || 'nothing'
  const answers = Object.entries(operation.responses).map(([status, { description, content }]) => [
    escaped(status),
    inline(description),
    content === undefined ? '' : contentText(content),
  ])
  return `<section><h3><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code></h3><p>${inline(operation.summary)}
Needs: ${escaped(callers)}.${operation.requestBody ? ` Takes: ${contentText(operation.requestBody.content)}.` : ''}</p>
${parameters.length === 0 ? '' : table(['Parameter', 'In', 'Meaning', 'Default'], parameters.map(parameterRow))}
${table(['Status', 'Meaning', 'Body'], answers)}</section>`
}

function parameterRow({ name, in: place, description, schema }: Parameter): string[] {
  const fallback = schema.default === undefined ? '' : `<code>${escaped(String(schema.default))}</code>`
  return [`<code>${escaped(name)}</code>`, escaped(place), inline(description), fallback]
}

function schemaSection([name, schema]: [string, JsonSchema]): string {
  const {
    description = '',
    properties = {},
    required = [],
  } = schema as {
    readonly description?: string
    readonly properties?: Readonly<Record<string, { readonly type?: string; readonly description?: string }>>
    readonly required?: readonly string[]
  }
  const rows = Object.entries(properties).map(([field, { type = '', description: about = '' }]) => [
    `<code>${escaped(field)}</code>`,
    escaped(type),
    inline(about),
    required.includes(field) ? 'always' : '',
  ])
  return `<section id="${escaped(name)}"><h3>${escaped(name)}</h3><p>${inline(description)}</p>
${table(['Field', 'Type', 'Meaning', 'There'], rows)}</section>`
}

function contentText(content: Content): string {
  return Object.entries(content)
    .map(([type, { schema }]) => {
      const name = schema.$ref?.split('/').at(-1)
      const link = name === undefined ? '' : ` <a href="#${escaped(name)}">${escaped(name)}</a>`
      return `<code>${escaped(type)}</code>${link}`
    })
    .join(', ')
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')
  return `<div class="wide" tabindex="0" role="group" aria-label="${escaped(heads.join(', '))}"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
}

/** Text with `code` in it. */
function inline(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export const docsStyle = `:root{color-scheme:light dark}
body{margin:0;font:15px/1.5 system-ui,sans-serif;background:light-dark(#fafbfc,#0f1117);color:light-dark(#23262f,#e8eaf0)}
main{max-width:960px;margin:0 auto;padding:24px 20px 64px}
h1{font-size:24px;letter-spacing:-.015em}h2{margin-top:40px;font-size:18px}h3{font-size:15px;overflow-wrap:anywhere}
h3 b{font-weight:650;color:light-dark(#3a5bc7,#8ba5ff)}
a{color:light-dark(#3a4fb0,#a3b5ff)}
section{padding:4px 0 16px;border-top:1px solid light-dark(#e3e6ec,#2b2f3a)}
code{font:13px/1.4 ui-monospace,monospace}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:8px 0}
th,td{padding:6px 10px 6px 0;text-align:left;vertical-align:top;border-bottom:1px solid light-dark(#eceef3,#232733)}
th{font-size:12px;font-weight:550;color:light-dark(#626878,#9aa1b3)}
`
