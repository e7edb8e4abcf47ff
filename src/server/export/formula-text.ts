/**
 * Texts that a spreadsheet would take for a formula (OWASP, "CSV Injection"): those that begin with = + - @, their full-width
 * forms, a tab, a carriage return or a line feed, white space before them included. An apostrophe before them makes them texts.
 */
const startsFormula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** What is said of it to whoever reads the file. */
export const formulaRule =
  'A text that a spreadsheet would take for a formula, because it begins with = + - @ or a tab, has an apostrophe before it.'

export function withoutFormula(text: string): string {
  return startsFormula.test(text) ? `'${text}` : text
}
