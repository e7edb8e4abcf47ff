/** The context attributes as names and values, where they parse as a JSON object; their inner format is not public. */
export function contextFacts(context: string): [string, string][] | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(context)
  } catch {
    return undefined
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
  return Object.entries(parsed).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
}
