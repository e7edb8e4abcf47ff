/** Light, dark, or as the system has it; remembered on this device. */
import { readDevice, writeDevice } from './keys.ts'

export type Theme = 'system' | 'light' | 'dark'

const remembered = 'hindsight.theme'

export function currentTheme(): Theme {
  const kept = readDevice(remembered)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function chooseTheme(theme: Theme): void {
  writeDevice(remembered, theme === 'system' ? undefined : theme)
  restoreTheme()
}

export function restoreTheme(): void {
  const theme = currentTheme()
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
