/**
 * The texts of the page, an area each, in the language of the moment. English stands in the chunk that uses it; any other
 * language is one chunk, loaded before anything is drawn.
 */
import type { Catalogue } from './catalogue.ts'
import type { Wording } from './language.ts'

export interface Spoken extends Wording {
  /** Absent: English. */
  readonly translated: Catalogue | undefined
}

let spoken: Spoken = { language: 'en', locale: 'en-GB', translated: undefined }
const listeners = new Set<() => void>()

/** Texts are read when they are shown, never kept beyond that: the language may change. */
export function inLanguage<Name extends keyof Catalogue>(
  area: Name,
  english: Catalogue[Name],
): () => Catalogue[Name] {
  return () => spoken.translated?.[area] ?? english
}

/** From now on; what is shown is drawn anew. */
export function setSpoken(now: Spoken): void {
  spoken = now
  for (const tell of listeners) tell()
}

export function currentWording(): Wording {
  return spoken
}

/** @returns stops the telling */
export function onLanguageChange(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
