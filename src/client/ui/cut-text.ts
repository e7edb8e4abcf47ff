/** More of a text than anybody reads in a line, such as an email address at its longest. */
const lineLength = 320

/** The beginning of a text, which a browser draws in no time; what is cut ends in an ellipsis, and not within a character. */
export function cutText(text: string, longest = lineLength): string {
  if (text.length <= longest) return text
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
