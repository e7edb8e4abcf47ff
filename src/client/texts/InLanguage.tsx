import { Fragment, type ReactNode, useSyncExternalStore } from 'react'
import { currentWording, onLanguageChange } from './in-language.ts'

/** Everything is drawn anew when the language or the locale changes, as any text of it may. */
export function InLanguage({ children }: { readonly children: ReactNode }) {
  const { language, locale } = useSyncExternalStore(onLanguageChange, currentWording)
  return <Fragment key={`${language} ${locale}`}>{children}</Fragment>
}
