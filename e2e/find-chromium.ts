/** Where the browser is. */
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** The headless shell first: it has no window of its own to draw. */
const ofTheSystem = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
]

/** @returns the executable's path; undefined when there is none. @throws when CHROMIUM_PATH names nothing */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH
  if (named !== undefined) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}: there is no such file`)
  }
  return [...ofTheSystem, chromium.executablePath()].find((path) => existsSync(path))
}
