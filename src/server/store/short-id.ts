/**
 * Ids in fewer bytes, in the same order: an engagement's id stands in two trees, and in one for each of its people. Characters
 * that a UUID has where it has them are numbered together, some at a time; from the first one that is none of them the rest
 * follows as it is. A UUID takes 17 bytes instead of 36, any other id at most four more than it has.
 */
const [zero, nine, a, f, dash] = [0x30, 0x39, 0x61, 0x66, 0x2d]

/** How many ways an id has to go on from a character, its end included; after one that no UUID has there is no telling apart. */
const ways = {
  // The end, a byte below the digits, ten digits, a byte between, six letters, a byte above.
  digit: (rest: number) => 16 * rest + 4,
  // The end, a byte below, the dash, a byte above.
  dash: (rest: number) => rest + 3,
} as const

interface Place {
  readonly of: keyof typeof ways
  /** How many ways there are to go on after it, inside of its group. */
  readonly rest: number
}

interface Group {
  readonly places: readonly Place[]
  readonly bits: number
}

function groupOf(text: string): Group {
  const places: Place[] = []
  let rest = 1
  for (const character of [...text].reverse()) {
    const of = character === '-' ? 'dash' : 'digit'
    places.unshift({ of, rest })
    rest = ways[of](rest)
  }
  return { places, bits: Math.ceil(Math.log2(rest)) }
}

/** Of a UUID. The first is a single one, so that an id which begins otherwise takes no more than a byte for it. */
const groups: readonly Group[] = ['x', 'xxxxxxx', '-xxxx', '-xxxx', '-xxxx', '-xxxxxx', 'xxxxxx'].map(groupOf)

/** Compared byte by byte, the results of two ids are in the order of the ids' UTF-8; equal ones are of equal ids. */
export function shortId(id: string): Uint8Array {
  const bytes = Buffer.from(id)
  const short = Buffer.allocUnsafe(bytes.length + 5)
  let [length, at, held, heldBits] = [0, 0, 0, 0]
  let known = true
  for (const { places, bits } of groups) {
    let number = 0
    for (const { of, rest } of places) {
      const byte = bytes[at]
      if (byte === undefined) {
        known = false
        break
      }
      if (of === 'dash') {
        number += byte < dash ? 1 : byte === dash ? 2 : 2 + rest
        known = byte === dash
      } else if (byte < zero) {
        number += 1
        known = false
      } else if (byte <= nine) {
        number += 2 + (byte - zero) * rest
      } else if (byte < a) {
        number += 2 + 10 * rest
        known = false
      } else {
        number += 3 + (10 + Math.min(byte - a, 6)) * rest
        known = byte <= f
      }
      if (!known) break
      at++
    }
    held = held * 2 ** bits + number
    heldBits += bits
    while (heldBits >= 8) {
      heldBits -= 8
      const byte = Math.floor(held / 2 ** heldBits)
      short[length++] = byte
      held -= byte * 2 ** heldBits
    }
    if (!known) break
  }
  if (heldBits > 0) short[length++] = held << (8 - heldBits)
  length += bytes.copy(short, length, at)
  return short.subarray(0, length)
}
