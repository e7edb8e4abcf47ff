import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { chooseTheme, currentTheme, type Theme } from '../ui/theme.ts'

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: Monitor, light: Sun, dark: Moon }
const names = { system: 'as the system has it', light: 'light', dark: 'dark' }

export function ThemeSwitch() {
  const [theme, setTheme] = useState(currentTheme)
  const Icon = icons[theme]
  return (
    <Button
      look="ghost"
      icon
      data-command="theme"
      aria-label={`Theme: ${names[theme]}. Switch to ${names[next[theme]]}`}
      title={`Theme: ${names[theme]}`}
      onClick={() => {
        chooseTheme(next[theme])
        setTheme(next[theme])
      }}
    >
      <Icon size={17} aria-hidden />
    </Button>
  )
}
