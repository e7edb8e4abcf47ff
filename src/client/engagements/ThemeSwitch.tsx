import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { pageTexts } from '../texts/en/page.ts'
import { Button } from '../ui/Button.tsx'
import { chooseTheme, currentTheme, type Theme } from '../ui/theme.ts'

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: Monitor, light: Sun, dark: Moon }

export function ThemeSwitch() {
  const texts = pageTexts()
  const [theme, setTheme] = useState(currentTheme)
  const Icon = icons[theme]
  return (
    <Button
      look="ghost"
      icon
      data-command="theme"
      aria-label={texts.switchTheme(theme, next[theme])}
      title={texts.theme(theme)}
      onClick={() => {
        chooseTheme(next[theme])
        setTheme(next[theme])
      }}
    >
      <Icon size={17} aria-hidden />
    </Button>
  )
}
