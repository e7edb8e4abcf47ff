import type { Locator } from '@playwright/test'
import { expect, openEngagements, rows, test } from './test.ts'

/** What can tell two states apart where the system sets the colours. */
const look = (of: Locator) =>
  of.evaluate((element) => {
    const { forcedColorAdjust, color, backgroundColor, borderColor, borderWidth } = getComputedStyle(element)
    // Where the system has its way it gives every text a ground of its own, and grounds tell nothing.
    return forcedColorAdjust === 'none'
      ? { color, backgroundColor, borderColor }
      : { color, borderColor, borderWidth }
  })

test('what colours tell is told without them, where the system sets them', async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await openEngagements(page, server, '?status=all&limit=100')
  const segment = (name: string) => page.getByRole('search').getByText(name, { exact: true })
  expect(await look(segment('All'))).not.toEqual(await look(segment('Successful')))
  await expect(segment('All')).toHaveCSS('forced-color-adjust', 'none')

  const plays = rows(page).getByRole('button', { name: /^Play 2 recordings/ })
  await plays.first().click()
  const live = page.getByRole('button', { name: /^In the player/ })
  expect(await look(live)).not.toEqual(await look(plays.first()))
  // Filled, hollow, a ring: three pictures.
  const dots = await Promise.all(
    ['Connected', 'Unsuccessful', 'In progress'].map((outcome) =>
      rows(page)
        .filter({ has: page.getByText(outcome, { exact: true }) })
        .first()
        .locator('[data-label="Outcome"] span span')
        .screenshot()
        .then((picture) => picture.toString('base64')),
    ),
  )
  expect(new Set(dots).size).toBe(3)
  // Where a recording lies in its call is a bar on a bar.
  const lane = page.locator('[title^="Begins"]').first()
  const [bar, ground] = [lane.locator('span'), page.locator('body')]
  const painted = (of: Locator) => of.evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await painted(bar)).not.toBe(await painted(ground))
  const skip = page.getByRole('button', { name: 'Skip silence' })
  const before = await look(skip)
  await skip.click()
  expect(await look(skip)).not.toEqual(before)
  await page.getByRole('button', { name: 'Close the player' }).click()

  await page.getByRole('button', { name: /^Started Any time/ }).click()
  const preset = (name: string) => page.getByRole('button', { name, exact: true })
  await preset('Last 7 days').click()
  await page.getByRole('button', { name: /^Started Last 7 days/ }).click()
  expect(await look(preset('Last 7 days'))).not.toEqual(await look(preset('Last 30 days')))
  // A ring, not a shade: shadows are not drawn there.
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveCSS('outline-style', 'solid')

  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { transitionDuration, animationName } = getComputedStyle(element)
        return animationName !== 'none' || /[1-9]/.test(transitionDuration)
      })
      .map(({ outerHTML }) => outerHTML.slice(0, 80)),
  )
  expect(moving).toEqual([])
})
