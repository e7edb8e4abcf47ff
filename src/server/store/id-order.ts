/** The order of ids as the database has it: by the bytes of their UTF-8. */

/** @returns below zero where `a` comes first, zero where they are the same */
export function compareIds(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left !== right) return inUtf8(left) - inUtf8(right)
  }
  return a.length - b.length
}

/** Halves of a pair stand for characters that come after all others. */
function inUtf8(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit
}
