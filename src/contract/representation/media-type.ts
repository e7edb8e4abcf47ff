/** Choosing a representation by `Accept` and its kin (RFC 9110, section 12.5). */

/** What every resource that answers JSON is there in; the first is what a caller without a wish gets. */
export const representationTypes = ['application/json', 'application/xml', 'text/xml'] as const

export type RepresentationType = (typeof representationTypes)[number]

export const problemTypes = ['application/problem+json', 'application/problem+xml'] as const

/**
 * The offer that the header likes best; among equals the one offered first.
 * @returns undefined when none of the offers is acceptable
 */
export function chooseMediaType<const Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  if (accept === undefined || accept.trim() === '') return offers[0]
  // What nearly every program sends.
  const plain = offers.find((offer) => offer === accept)
  if (plain !== undefined) return plain
  const weights = readWeights(accept)
  if (weights.size === 0) return offers[0]
  let best: { offer: Offer; weight: number } | undefined
  for (const offer of offers) {
    const weight = weightOf(offer, weights)
    if (weight > (best?.weight ?? 0)) best = { offer, weight }
  }
  return best?.offer
}

/** A problem comes in the family that was asked for. It comes in any case, so whoever takes neither gets JSON. */
export function chooseProblemType(accept: string | undefined): (typeof problemTypes)[number] {
  const chosen = chooseMediaType(accept, [...representationTypes, ...problemTypes])
  return chosen?.endsWith('xml') ? 'application/problem+xml' : 'application/problem+json'
}

/** The names of a weighted list, in lower case, each with the best weight it is given. A name without a weight has 1. */
export function readWeights(header: string): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const part of cut(header, ',')) {
    const [name = '', ...parameters] = cut(part, ';').map((piece) => piece.trim().toLowerCase())
    // Empty elements of a list are to be ignored (section 5.6.1.2).
    if (name === '') continue
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    // A weight that is none makes the name unusable, not preferred.
    const weight = q === undefined ? 1 : weightShape.test(q) ? Number(q.slice(2)) : 0
    weights.set(name, Math.max(weight, weights.get(name) ?? 0))
  }
  return weights
}

/** Java's own client has always sent `q=.2`, which lacks a digit. */
const weightShape = /^q=(?:0(?:\.\d{0,3})?|\.\d{1,3}|1(?:\.0{0,3})?)$/

/** Not within quotes, where a separator is one character of a value. */
function cut(text: string, separator: ',' | ';'): readonly string[] {
  return text.includes('"') ? (text.match(quotedParts[separator]) ?? []) : text.split(separator)
}

const quotedParts = {
  ',': /(?:[^,"]|"(?:[^"\\]|\\.)*(?:"|$))+/g,
  ';': /(?:[^;"]|"(?:[^"\\]|\\.)*(?:"|$))+/g,
}

/** The most specific range that matches decides, whatever the weight of wider ones. */
function weightOf(offer: string, weights: ReadonlyMap<string, number>): number {
  const family = `${offer.slice(0, offer.indexOf('/'))}/*`
  return weights.get(offer) ?? weights.get(family) ?? weights.get('*/*') ?? 0
}
