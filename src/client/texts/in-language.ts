/**
 * The texts of the page, an area each, in the language of the moment. English stands in the chunk that uses it; any other
 * language is one chunk, loaded before anything is drawn.
 */
import type { Catalogue } from './catalogue.ts'
import type { Wording } from './language.ts'

interface Spoken extends Wording {
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

/** Loads the texts where they are not there yet; without them the page speaks English. */
export async function speak(wording: Wording): Promise<void> {
  const translated = wording.language === 'de' ? await germanTexts() : undefined
  const language = wording.language === 'de' && translated === undefined ? 'en' : wording.language
  spoken = { language, locale: wording.locale, translated }
  document.documentElement.lang = language
  for (const tell of listeners) tell()
}

async function germanTexts(): Promise<Catalogue | undefined> {
  try {
    return (await import('./de/german.ts')).german
  } catch {
    return undefined
  }
}

export function currentWording(): Wording {
  return spoken
}

/** @returns stops the telling */
export function onLanguageChange(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}
