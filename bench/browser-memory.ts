/** Memory of a whole browser: its own process, that of the page, and those that serve them (Linux). */
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from '@playwright/test'

const sampleEveryMs = 100

/** Looks at a browser's memory again and again while something goes on. @returns the most that was seen, megabytes */
export async function peakMegabytes(browser: Browser, during: Promise<unknown>): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  let peak = 0
  let going = true
  const ended = during.finally(() => {
    going = false
  })
  while (going) {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    peak = Math.max(peak, await megabytesOf(processInfo.map(({ id }) => id)))
    await Promise.race([ended, pause(sampleEveryMs)])
  }
  await ended
  return peak
}

/**
 * What the processes have written, each its part of what it shares with others (man proc_pid_smaps). Their code does not count:
 * browsers beside this one share it, and would change the figure.
 */
async function megabytesOf(pids: readonly number[]): Promise<number> {
  const kibibytes = await Promise.all(
    pids.map(async (pid) => {
      // A process may have ended by now.
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
      return Number(/^Pss_Dirty:\s+(\d+) kB/m.exec(text)?.[1] ?? 0)
    }),
  )
  return kibibytes.reduce((sum, size) => sum + size, 0) / 1000
}
