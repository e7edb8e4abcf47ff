/**
 * PostgreSQL takes every character in a text but U+0000, which an id or an email may hold. Two characters are written as two
 * each: the order of the bytes stays, a beginning stays a beginning, and what is read is what was written.
 */
const mark = '\u0001'

export function escapeText(text: string): string {
  if (!text.includes('\u0000') && !text.includes(mark)) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this is about
  return text.replace(/[\u0000\u0001]/g, (one) => (one === mark ? '\u0001\u0002' : '\u0001\u0001'))
}

export function unescapeText(text: string): string {
  if (!text.includes(mark)) return text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
  return text.replace(/\u0001([\u0001\u0002])/g, (_, one) => (one === mark ? '\u0000' : mark))
}
