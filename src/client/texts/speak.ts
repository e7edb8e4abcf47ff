/** Apart from where texts are read: those of a language use what is there, and are loaded here. */
import type { Catalogue } from './catalogue.ts'
import { setSpoken } from './in-language.ts'
import type { Wording } from './language.ts'

/** Loads the texts where they are not there yet; without them the page speaks English. */
export async function speak(wording: Wording): Promise<void> {
  const translated = wording.language === 'de' ? await germanTexts() : undefined
  const language = wording.language === 'de' && translated === undefined ? 'en' : wording.language
  document.documentElement.lang = language
  setSpoken({ language, locale: wording.locale, translated })
}

async function germanTexts(): Promise<Catalogue | undefined> {
  try {
    return (await import('./de/german.ts')).german
  } catch {
    return undefined
  }
}
