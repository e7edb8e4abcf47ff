/** Engagements as the contract’s own documents, unchanged and in UTC: one list in JSON or XML, or one document a line. */
import {
  beginEngagementListXml,
  endOfEngagementListXml,
  writeEngagementsXml,
} from '../../contract/representation/xml.ts'
import type { About } from './about.ts'
import type { Batches } from './write-table.ts'

/** An `EngagementListV1` with one field more before its own: `about`. */
export async function* jsonTexts(batches: Batches, about: About | undefined): AsyncGenerator<string> {
  yield `{${about === undefined ? '' : `"about":${JSON.stringify(about)},`}"hasMore":false,"engagements":[`
  let separator = ''
  for await (const documents of batches) {
    yield separator + documents.join(',')
    separator = ','
  }
  yield ']}\n'
}

/** The first line is `{"about":…}`, where it is asked for. */
export async function* ndjsonTexts(batches: Batches, about: About | undefined): AsyncGenerator<string> {
  if (about !== undefined) yield `${JSON.stringify({ about })}\n`
  for await (const documents of batches) yield `${documents.join('\n')}\n`
}

/** An `EngagementListV1` after a comment, which holds what tells of it as JSON. */
export async function* xmlTexts(batches: Batches, about: About | undefined): AsyncGenerator<string> {
  yield beginEngagementListXml(false, about && comment(about))
  for await (const documents of batches) yield writeEngagementsXml(documents)
  yield endOfEngagementListXml
}

/** JSON has escapes for what a comment cannot hold: two hyphens, and characters that are none of XML’s. */
function comment(about: About): string {
  return JSON.stringify(about)
    .replaceAll('--', '-\\u002d')
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
}
