/**
 * Documents without the phrases that nearly every one has, as the contract's fields have one order: a fifth of their bytes. Each
 * stands as two characters, of which the first is in no JSON text. Few and long, since every one costs a page some time.
 */

/** No JSON text has it: `JSON.stringify` escapes control characters. */
const mark = '\u0001'

/** By the letters they are kept as, which never change; longer ones before those they end with. */
const phrases = {
  a: '","association":"MEMBER"}],"releaseState":"connected","status":"successful","pendingTime":',
  b: '","association":"MEMBER"}],"releaseState":"connected","status":"unsuccessful","pendingTime":',
  c: '","association":"CREATOR"}],"releaseState":"attempted","status":"unsuccessful","pendingTime":',
  d: '],"releaseState":"connected","status":"successful","pendingTime":',
  e: '],"releaseState":"connected","status":"unsuccessful","pendingTime":',
  f: '","associateInitiated":false,"reason":"',
  g: '","associateInitiated":false}',
  h: '","associateInitiated":true}',
} as const

const letters = new Map<string, string>(Object.entries(phrases).map(([letter, phrase]) => [phrase, letter]))
const anyPhrase = new RegExp([...letters.keys()].map(escapeForRegExp).join('|'), 'g')
/** By character code. */
const phraseAt: string[] = []
for (const [letter, phrase] of Object.entries(phrases)) phraseAt[letter.charCodeAt(0)] = phrase

/** @param document a JSON text, as `JSON.stringify` writes it */
export function packDocument(document: string): string {
  return document.replace(anyPhrase, (phrase) => mark + letters.get(phrase))
}

/** The text that was packed; one that never was stays as it is. */
export function unpackDocument(packed: string): string {
  let at = packed.indexOf(mark)
  if (at < 0) return packed
  let document = ''
  let from = 0
  do {
    document += packed.slice(from, at) + phraseAt[packed.charCodeAt(at + 1)]
    from = at + 2
    at = packed.indexOf(mark, from)
  } while (at >= 0)
  return document + packed.slice(from)
}

function escapeForRegExp(text: string): string {
  return text.replaceAll(/[\]{}]/g, '\\$&')
}
