/** Field names in other letter cases (`StartDate`, `ID`) are the contract's own, unless those are there as well. */

/** The names of one kind of object, and the kinds of what lies in it. */
export interface KnownNames {
  readonly names: ReadonlySet<string>
  readonly byFolded: ReadonlyMap<string, string>
  readonly inner: Readonly<Record<string, KnownNames>>
}

export function knownNames(
  shape: Readonly<Record<string, unknown>>,
  inner: Readonly<Record<string, KnownNames>> = {},
): KnownNames {
  const names = Object.keys(shape)
  return { names: new Set(names), byFolded: new Map(names.map((name) => [name.toLowerCase(), name])), inner }
}

/** @returns the very value where nothing in it has to be renamed */
export function withKnownNames(given: unknown, known: KnownNames): unknown {
  if (Array.isArray(given)) {
    const items = given.map((item) => withKnownNames(item, known))
    return items.every((item, index) => item === given[index]) ? given : items
  }
  if (typeof given !== 'object' || given === null) return given
  const values = given as Readonly<Record<string, unknown>>
  const entries: [string, unknown][] = []
  const taken = new Set<string>()
  let same = true
  for (const [name, value] of Object.entries(values)) {
    const own = nameOf(name, values, known, taken)
    taken.add(own)
    const kind = Object.hasOwn(known.inner, own) ? known.inner[own] : undefined
    const inside = kind === undefined ? value : withKnownNames(value, kind)
    if (own !== name || inside !== value) same = false
    entries.push([own, inside])
  }
  return same ? given : Object.fromEntries(entries)
}

function nameOf(
  name: string,
  values: object,
  { names, byFolded }: KnownNames,
  taken: ReadonlySet<string>,
): string {
  if (names.has(name)) return name
  const own = byFolded.get(name.toLowerCase())
  return own === undefined || taken.has(own) || Object.hasOwn(values, own) ? name : own
}
