/** A sentence whose values are set off: its parts, in the order of its language. */
export interface SentencePart {
  /** Which part of the sentence it is; no two are the same. */
  readonly name: string
  readonly text: string
  /** A value the user chose. */
  readonly chosen: boolean
  /** More exactly. */
  readonly detail?: string
}

export function words(name: string, text: string): SentencePart {
  return { name, text, chosen: false }
}

export function value(name: string, text: string): SentencePart {
  return { name, text, chosen: true }
}
