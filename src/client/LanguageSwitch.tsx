import { Languages } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import styles from './LanguageSwitch.module.css'
import { languageTexts } from './texts/en/language.ts'
import { currentWording } from './texts/in-language.ts'
import { chosenLanguage, languageNames, languages, rememberLanguage, wordingOf } from './texts/language.ts'
import { speak } from './texts/speak.ts'

const ofBrowser = 'browser'

/** Set while the page is drawn anew for a choice that was made here. */
let takesFocusBack = false

/** The language of the page: each by its own name, or the browser's. Kept on this device. */
export function LanguageSwitch() {
  const texts = languageTexts()
  const select = useRef<HTMLSelectElement>(null)
  const [chosen, setChosen] = useState(() => chosenLanguage() ?? ofBrowser)
  // Synchronises the focus: it was on the switch that this one takes the place of.
  useLayoutEffect(() => {
    if (takesFocusBack) select.current?.focus()
    takesFocusBack = false
  }, [])
  const choose = async (value: string) => {
    const language = languages.find((known) => known === value)
    rememberLanguage(language)
    setChosen(language ?? ofBrowser)
    const wanted = wordingOf(language, navigator.languages)
    const { language: spoken, locale } = currentWording()
    takesFocusBack = wanted.language !== spoken || wanted.locale !== locale
    await speak(wanted)
  }
  return (
    <span className={styles.language}>
      <Languages size={17} aria-hidden />
      <select
        ref={select}
        aria-label={texts.language}
        title={texts.language}
        value={chosen}
        onChange={(event) => void choose(event.target.value)}
      >
        <option value={ofBrowser}>{texts.asTheBrowserHasIt}</option>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </span>
  )
}
