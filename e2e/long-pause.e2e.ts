/** A player that is paused takes no bytes, so its connections stand still and are let go: it has to ask for the rest anew. */
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expectInSync, lanes, player, position } from './player.ts'
import { hindsight } from './server.ts'
import { expect, openEngagements, test } from './test.ts'

/** Far more than a browser reads ahead, and little to measure and to play: silence, in samples that are as large as they get. */
const seconds = 40
const samplesPerSecond = 96_000
const bytesPerSecond = samplesPerSecond * 2 * 4

async function writeSilence(file: string): Promise<void> {
  const header = Buffer.alloc(44)
  const length = bytesPerSecond * seconds
  header.write('RIFF\0\0\0\0WAVEfmt ', 'latin1')
  header.writeUInt32LE(36 + length, 4)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(2, 22)
  header.writeUInt32LE(samplesPerSecond, 24)
  header.writeUInt32LE(bytesPerSecond, 28)
  header.writeUInt16LE(8, 32)
  header.writeUInt16LE(32, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(length, 40)
  await writeFile(file, header)
  await truncate(file, header.length + length)
}

test('recordings whose connections were let go in a long pause play on from where they were, in sync', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_CONTENT_LENGTH_MISMATCH/, /ERR_CONNECTION_RESET/)
  const folder = path.join(ownServer.dataDir, 'long')
  await mkdir(folder)
  const created = ['2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z']
  const recordings = created.map((at, n) => ({ uri: `${n}.wav`, created: at, duration: seconds }))
  await Promise.all(recordings.map(({ uri }) => writeSilence(path.join(folder, uri))))
  const row = { id: 'long', startDate: created[0], status: 'successful', contents: 'AUDIO', recordings }
  const taken = await hindsight(
    ['import', '-', '--tenant', ownServer.tenant, '--recordings', folder],
    ownServer.dataDir,
    JSON.stringify(row),
  )
  expect(taken).toContain('1 new')
  await openEngagements(page, ownServer, '?open=long&rec=1')
  await slowDown(page)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect.poll(() => position(page)).toBeGreaterThan(1.5)
  await player(page).getByRole('button', { name: 'Pause 2 recordings' }).click()
  const paused = await position(page)
  const rests = new Map<string, number>()
  page.on('request', (request) => {
    const [, firstByte] = /^bytes=([1-9]\d*)-$/.exec(request.headers().range ?? '') ?? []
    if (firstByte !== undefined) rests.set(new URL(request.url()).pathname, Number(firstByte))
  })
  const gone: string[] = []
  await expect.poll(async () => gone.push(...(await ownServer.letGo()))).toBeGreaterThan(0)

  // As far as it has read it needs nobody; near the end of that it asks for the rest.
  for (const _ of [1, 2]) await page.keyboard.press('ArrowRight')
  const playedFromMs = Date.now()
  await page.keyboard.press(' ')
  await expect
    .poll(async () => {
      const read = await readTo(page)
      return gone.every((address) => (read.get(address) ?? 0) > (rests.get(address) ?? Infinity))
    })
    .toBe(true)
  await expect.poll(() => position(page)).toBeGreaterThan(paused + 10.2)
  const [first] = await lanes(page)
  expect(first?.currentTime).toBeLessThan(paused + 10 + (Date.now() - playedFromMs) / 1000 + 0.5)
  await expectInSync(page)
  expect((await lanes(page)).map((lane) => lane.paused)).toEqual([false, false])
  await expect(player(page).getByRole('alert')).toHaveCount(0)
})

/** To what a network brings: the system itself would take in most of a recording of one process for another. */
async function slowDown(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  const conditions = { offline: false, latency: 0, downloadThroughput: 6_000_000, uploadThroughput: -1 }
  await browser.send('Network.enable')
  await browser.send('Network.emulateNetworkConditions', conditions)
}

/** How many bytes of each recording have come to the browser, about, by address. */
async function readTo(page: Page): Promise<ReadonlyMap<string, number>> {
  const media = await page.locator('audio').evaluateAll((elements) =>
    elements.map((one) => {
      const { src, buffered } = one as HTMLAudioElement
      return { src, seconds: buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) }
    }),
  )
  return new Map(media.map(({ src, seconds }) => [new URL(src).pathname, seconds * bytesPerSecond]))
}
