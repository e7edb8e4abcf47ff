/** Numbers that look random and are the same every time: a generator from a seed. */

export interface Random {
  /** 0 up to but not 1. */
  next(): number
  /** A whole number from `min` to `max`, both inclusive. */
  between(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Exponential, with this mean. */
  exponential(mean: number): number
  /** Log-normal, with this median; `spread` is the sigma of its logarithm. */
  logNormal(median: number, spread: number): number
}

/** mulberry32, by Tommy Ettinger (public domain): 32 bits of state, enough for made-up calls. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick(list) {
      const picked = list[between(0, list.length - 1)]
      if (picked === undefined) throw new Error('Nothing to pick from')
      return picked
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
    logNormal(median, spread) {
      // Box-Muller; 1 - next() keeps the logarithm finite.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(normal * spread)
    },
  }
}
