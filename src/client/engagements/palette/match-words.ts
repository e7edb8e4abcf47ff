/** Finding a name by some of its words, or by the beginnings or letters of them, in any order. */

const score = { begins: 4, inside: 2, letters: 1 } as const

/** @returns how well the name fits, more being better; undefined where some word that was asked for is not in it */
export function fitOf(name: string, asked: string): number | undefined {
  const words = wordsOf(name)
  let sum = 0
  for (const part of wordsOf(asked)) {
    const best = Math.max(...words.map((word) => fitOfWord(word, part)))
    if (best <= 0) return undefined
    sum += best
  }
  return sum
}

/** The best first; those that fit alike in the order they had. */
export function bestFits<T>(all: readonly T[], nameOf: (one: T) => string, asked: string): readonly T[] {
  return all
    .flatMap((one) => {
      const fit = fitOf(nameOf(one), asked)
      return fit === undefined ? [] : [{ one, fit }]
    })
    .toSorted((a, b) => b.fit - a.fit)
    .map(({ one }) => one)
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function fitOfWord(word: string, part: string): number {
  if (word.startsWith(part)) return score.begins
  if (word.includes(part)) return score.inside
  return hasLetters(word, part) ? score.letters : 0
}

/** In their order, and beginning with the same: "slct" is in "select". */
function hasLetters(word: string, part: string): boolean {
  if (part.length < 3 || word[0] !== part[0]) return false
  let at = 0
  for (const letter of word) if (letter === part[at]) at += 1
  return at === part.length
}
