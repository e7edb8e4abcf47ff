/**
 * `npm run bench:waveform`: how much memory the waveform of an hour takes in a real browser, decoded there, beside the player
 * that plays it. Exits with 1 when it is more than is asked, or when browser and server do not measure the same.
 */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../e2e/find-chromium.ts'
import { peaksV1 } from '../src/contract/model/peaks.ts'
import { pathOf, routes } from '../src/contract/routes.ts'
import { startServer } from '../src/server/test-support/running-server.ts'
import { peakMegabytes } from './browser-memory.ts'
import { writeLongWebm } from './long-recording.ts'
import { type Figure, printReport, reached } from './report.ts'

const hour = 3600
const mostMegabytes = 150
/** Levels of 255; decoders round differently, and add up what they overlap. */
const mostDifference = 6
const patienceMs = 300_000
/** Long enough for a player to have taken all that it takes. */
const playedMs = 10_000
const account = { tenant: 'Bench', email: 'bench@x.example', password: 'correct horse battery' }

const say = (text: string) => process.stderr.write(`${text}\n`)

interface Shown {
  readonly kind: string
  readonly source: string
  readonly levels: readonly number[]
}

const pageDir = path.join(import.meta.dirname, '../node_modules/.cache/bench-page')
await build({
  root: fileURLToPath(new URL('waveform-page', import.meta.url)),
  configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
  logLevel: 'warn',
  build: { outDir: pageDir, emptyOutDir: true },
})
const server = await startServer({ pageDir })
const figures: Figure[] = []
try {
  await server.store.accounts.add({ ...account, role: 'supervisor' })
  for (const { name, seconds, source } of [
    { name: 'half an hour', seconds: 1799, source: 'browser' },
    { name: 'an hour', seconds: hour, source: 'server' },
    // As for sound that the server does not decode.
    { name: 'an hour the server has no peaks of', seconds: hour, source: 'browser' },
  ] as const) {
    say(`${name}: writing …`)
    const recordingId = await takeIn(name, seconds)
    say(`${name}: drawing …`)
    const noPeaks = seconds === hour && source === 'browser'
    const drawn = await peakWith({ recordingId, seconds, drawn: 'yes', noPeaks })
    say(`${name}: only playing …`)
    const alone = await peakWith({ recordingId, seconds, drawn: 'no', noPeaks })
    const { kind, source: from } = drawn.shown
    if (kind !== 'ready' || from !== source)
      throw new Error(`${name} is ${kind}, from the ${from}; expected it from the ${source}`)
    figures.push({
      name: `${name}, drawn from the ${source} / only played: more memory of the whole browser, MB`,
      measured: drawn.peak - alone.peak,
      bound: { kind: 'at most', value: mostMegabytes },
      remark: `${Math.round(drawn.peak)} / ${Math.round(alone.peak)} MB, ready after ${drawn.tookSeconds.toFixed(1)} s`,
    })
    figures.push({
      name: `${name}: levels that browser and server find differently, share`,
      measured: await differingShare(recordingId, drawn.shown.levels),
      bound: { kind: 'at most', value: 0.01 },
    })
  }
} finally {
  await server.stop()
  await rm(pageDir, { recursive: true })
}

printReport(figures, (text) => process.stdout.write(text))
if (!figures.every(reached)) process.exitCode = 1

async function takeIn(name: string, seconds: number): Promise<string> {
  const file = path.join(server.folder, 'long.webm')
  await writeLongWebm(file, seconds)
  const held = await server.media.takeIn(account.tenant, name, path.basename(file), file)
  await rm(file)
  await server.store.writer.write(account.tenant, [
    { engagement: { id: name, associateInitiated: false }, held: [held] },
  ])
  return held.id
}

interface Played {
  readonly recordingId: string
  readonly seconds: number
  readonly drawn: 'yes' | 'no'
  readonly noPeaks: boolean
}

/** Plays a recording in a browser of its own, and draws it or not. */
async function peakWith({ recordingId, seconds, drawn, noPeaks }: Played) {
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
  })
  try {
    const page = await browser.newPage()
    const refused: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text())
    })
    if (noPeaks) await page.route('**/peaks', (route) => route.fulfill({ status: 204 }))
    await page.request.post(`${server.origin}/session`, { headers: { origin: server.origin }, data: account })
    const recording = pathOf(routes.recording, { tenant: account.tenant, recordingId })
    const query = new URLSearchParams({ recording, seconds: String(seconds), drawn })
    const started = performance.now()
    await page.goto(`${server.origin}/${account.tenant}/engagements?${query}`)
    const peak = await peakMegabytes(browser, drawn === 'yes' ? untilDrawn(page) : pause(playedMs))
    const tookSeconds = (performance.now() - started) / 1000
    const shown = await page.evaluate((): Shown => {
      const view = Reflect.get(globalThis, 'shown')
      return { ...view, levels: [...view.levels] }
    })
    if (refused.length > 0) throw new Error(`the browser’s console has ${refused.join('; ')}`)
    return { shown, peak, tookSeconds }
  } finally {
    await browser.close()
  }
}

function untilDrawn(page: Page): Promise<void> {
  return page
    .locator('main:is([data-kind=ready], [data-kind=none])')
    .waitFor({ state: 'attached', timeout: patienceMs })
}

async function differingShare(recordingId: string, levels: readonly number[]): Promise<number> {
  const address = server.origin + pathOf(routes.peaks, { tenant: account.tenant, recordingId })
  const headers = await server.bearer(account.tenant)
  for (;;) {
    const response = await fetch(address, { headers })
    if (response.status === 202) continue
    const measured = Buffer.from(peaksV1.parse(await response.json()).levels, 'base64')
    const length = Math.max(measured.length, levels.length)
    const differing = Array.from({ length }, (_, at) => Math.abs((measured[at] ?? -99) - (levels[at] ?? -99)))
    return differing.filter((by) => by > mostDifference).length / length
  }
}
