import { rename } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const player = (page: Page) => page.getByRole('region', { name: 'Player' })
const firstRecorded = (page: Page) => page.getByRole('button', { name: /^Play 2 recordings of/ }).first()
/** Where the media element is, which is what is heard. */
const position = (page: Page) =>
  page
    .locator('audio, video')
    .evaluate((media) => (media instanceof HTMLMediaElement ? media.currentTime : -1))

test('plays a recording from its row: time advances, seeks, changes speed, pauses', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=25')
  await firstRecorded(page).click()
  await expect(player(page)).toBeVisible()
  await expect(page).toHaveURL(/open=recorded-[^&]+&rec=1/)
  await expect.poll(() => position(page)).toBeGreaterThan(1)
  await expectAccessible(page)

  await player(page)
    .getByRole('button', { name: /^Pause recording 1/ })
    .click()
  const paused = await position(page)
  await player(page).getByRole('button', { name: 'Forward 5 seconds' }).click()
  await expect.poll(() => position(page)).toBeCloseTo(paused + 5, 0)
  await player(page)
    .getByRole('slider', { name: /^Position in recording 1/ })
    .focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page)).toBeCloseTo(paused + 10, 0)
  await player(page).getByLabel('Speed').selectOption('2')
  expect(
    await page.locator('audio, video').evaluate((m) => (m instanceof HTMLMediaElement ? m.playbackRate : 0)),
  ).toBe(2)

  // The other's voice.
  await player(page)
    .getByRole('button', { name: /associate/ })
    .click()
  await expect(page).toHaveURL(/rec=2/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    player(page)
      .getByRole('link', { name: /^Download recording 2/ })
      .click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.webm$/)

  await player(page).getByRole('button', { name: 'Close the player' }).click()
  await expect(player(page)).toHaveCount(0)
  await expect(firstRecorded(page)).toBeFocused()
})

test('a link to a moment goes there and does not play', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, '?open=recorded-lost-card-abroad&rec=1&t=7')
  await expect(player(page)).toBeVisible()
  await expect.poll(() => position(page)).toBe(7)
  expect(await page.locator('audio, video').evaluate((m) => m instanceof HTMLMediaElement && m.paused)).toBe(
    true,
  )
  await page.keyboard.press('l')
  await expect(player(page).getByText('Moment copied').first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

test('says in words why a recording cannot be played, and plays it once it can be', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/)
  const folder = path.join(ownServer.dataDir, 'recordings')
  const away = path.join(ownServer.dataDir, 'away')
  await rename(folder, away)
  await openEngagements(page, ownServer, '?limit=25')
  await firstRecorded(page).click()
  await expect(player(page).getByRole('alert')).toContainText('This recording is no longer here.', {
    timeout: 15_000,
  })
  await expectAccessible(page)
  await expect(rows(page)).toHaveCount(25)
  await rename(away, folder)
  await player(page).getByRole('button', { name: 'Retry' }).click()
  await expect.poll(() => position(page)).toBeGreaterThan(0.3)
  await expect(player(page).getByRole('alert')).toHaveCount(0)
})

test('plays on a phone’s width', async ({ page, server }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await openEngagements(page, server, '?limit=25')
  await firstRecorded(page).click()
  await settled(page)
  await expect.poll(() => position(page)).toBeGreaterThan(0.3)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await expectAccessible(page)
})
