import type { Page } from '@playwright/test'
import { expectInSync, lanes, player, position } from './player.ts'
import { expect, expectAccessible, openEngagements, settled, test } from './test.ts'

const firstRecorded = (page: Page) => page.getByRole('button', { name: /^Play 2 recordings of/ }).first()
const slider = (page: Page) => player(page).getByRole('slider', { name: 'Position' })

test('plays both sides of a call together: seeks, changes speed, pauses', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=25')
  await firstRecorded(page).click()
  await expect(page).toHaveURL(/open=recorded-[^&]+&rec=1/)
  await expect.poll(() => position(page)).toBeGreaterThan(4)
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([false, false])
  await expectInSync(page)

  await player(page).getByRole('button', { name: 'Pause 2 recordings' }).click()
  const paused = await position(page)
  expect((await lanes(page)).map((lane) => lane.paused)).toEqual([true, true])
  await player(page).getByRole('button', { name: 'Forward 5 seconds' }).click()
  await expect.poll(() => position(page)).toBeCloseTo(paused + 5, 0)
  await slider(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page)).toBeCloseTo(paused + 10, 0)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^\d+ seconds? of \d+ seconds$/)
  await page.keyboard.press('Home')
  await expect.poll(() => position(page)).toBe(0)

  await player(page).getByRole('button', { name: 'Close the player' }).click()
  await expect(player(page)).toHaveCount(0)
  await expect(firstRecorded(page)).toBeFocused()

  // Back to it is no press on play.
  await page.goBack()
  await expect.poll(async () => (await lanes(page)).every(({ duration }) => duration > 0)).toBe(true)
  await expect(player(page).getByRole('button', { name: 'Play 2 recordings' })).toBeVisible()
  expect((await lanes(page)).map((lane) => lane.paused)).toEqual([true, true])
})

test('stays in sync at another speed, and wherever it is sent', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=10&open=recorded-identity-check-by-video&rec=1&t=0')
  await expectAccessible(page)
  await player(page).getByLabel('Speed').selectOption('2')
  await slider(page).focus()
  await page.keyboard.press(' ')
  await expect.poll(() => position(page)).toBeGreaterThan(6)
  await expectInSync(page)
  expect((await lanes(page)).every(({ preservesPitch }) => preservesPitch)).toBe(true)
  await page.keyboard.press('Shift+ArrowLeft')
  await expectInSync(page)
})

test('a lane can be heard alone, be muted, be quieter, be saved', async ({ page, server }) => {
  await openEngagements(page, server, '?open=recorded-lost-card-abroad&rec=1')
  const volumes = async () => (await lanes(page)).map(({ volume }) => volume)
  const press = (name: RegExp) => player(page).getByRole('button', { name }).click()
  await expect.poll(volumes).toEqual([1, 1])
  await press(/^Solo recording 2,/)
  expect(await volumes()).toEqual([0, 1])
  await press(/^Solo recording 2,/)
  await press(/^Mute recording 2,/)
  expect(await volumes()).toEqual([1, 0])
  await player(page)
    .getByRole('slider', { name: /^Volume of recording 1,/ })
    .fill('50')
  await player(page).getByRole('slider', { name: 'Volume of all recordings' }).fill('50')
  expect(await volumes()).toEqual([0.25, 0])

  await press(/^Recording 2.*associate/)
  await expect(page).toHaveURL(/rec=2/)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    player(page)
      .getByRole('link', { name: /^Download recording 2/ })
      .click(),
  ])
  expect(download.suggestedFilename()).toMatch(/\.webm$/)
})

test('a link to a moment goes there and does not play', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, '?open=recorded-lost-card-abroad&rec=2&t=7')
  // The second recording begins two seconds after the first.
  await expect.poll(async () => (await lanes(page)).map(({ currentTime }) => currentTime)).toEqual([9, 7])
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([true, true])
  await page.keyboard.press('l')
  await expect(player(page).getByText('Moment copied').first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

test('a picture is shown beside its controls, and full screen takes them along', async ({ page, server }) => {
  await openEngagements(page, server, '?open=recorded-identity-check-by-video&rec=1&t=3')
  const picture = player(page).getByLabel(/^Picture of/)
  await expect(picture).toBeVisible()
  await expect
    .poll(async () => (await lanes(page)).map(({ duration }) => duration > 30))
    .toEqual([true, true])
  await player(page).getByRole('button', { name: 'Show the player in full screen' }).click()
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.getAttribute('aria-label')))
    .toBe('Player')
  await expect(player(page).getByRole('button', { name: /^Play 2 recordings/ })).toBeVisible()
  await player(page).getByRole('button', { name: 'Leave full screen' }).click()
  await expect(picture).toBeVisible()
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
