/** Choosing a media type by `Accept` (RFC 9110, section 12.5.1). */

/**
 * The offer that the header likes best; among equals the one offered first.
 * @returns undefined when none of the offers is acceptable
 */
export function chooseMediaType<const Offer extends string>(
  accept: string | undefined,
  offers: readonly Offer[],
): Offer | undefined {
  if (accept === undefined || accept.trim() === '') return offers[0]
  const ranges = accept.split(',').map(readRange)
  let best: { offer: Offer; weight: number } | undefined
  for (const offer of offers) {
    const weight = weightOf(offer, ranges)
    if (weight > (best?.weight ?? 0)) best = { offer, weight }
  }
  return best?.offer
}

interface Range {
  readonly type: string
  readonly weight: number
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const q = parameters.find((parameter) => parameter.startsWith('q='))
  const weight = q === undefined ? 1 : Number(q.slice(2))
  // A weight that is none makes the range unusable, not preferred.
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 }
}

/** The most specific range that matches decides, whatever the weight of wider ones. */
function weightOf(offer: string, ranges: readonly Range[]): number {
  const family = `${offer.slice(0, offer.indexOf('/'))}/*`
  for (const type of [offer, family, '*/*']) {
    const matching = ranges.filter((range) => range.type === type)
    if (matching.length > 0) return Math.max(...matching.map(({ weight }) => weight))
  }
  return 0
}
