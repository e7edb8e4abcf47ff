/** The word for a value that comes from elsewhere; one that there is no word for is told as it came. */
export function wordOf(words: Readonly<Record<string, string>>, value: string): string {
  return (Object.hasOwn(words, value) ? words[value] : undefined) ?? value
}
