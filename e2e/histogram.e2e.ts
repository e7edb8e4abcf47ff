import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const list = (page: Page) => page.getByRole('listbox', { name: /^Starts by / })
const heldIn = (text: string) => (text.match(/\d+ (?=successful|unsuccessful|of other)/g) ?? []).map(Number)
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

const week = '?status=all&range=7d&limit=100'

/** What the server counts for the address the page is at. */
async function counted(page: Page): Promise<number> {
  const { origin, searchParams } = new URL(page.url())
  const asked = new URLSearchParams()
  for (const name of ['status', 'startAfter', 'startBefore']) {
    const value = searchParams.get(name)
    if (value !== null) asked.set(name, value)
  }
  const response = await page.request.get(`${origin}/v1/engagements/count/PremierTenant?${asked}`)
  return (await response.json()).count
}

test('shows when the engagements started, after the rows, and as a table', async ({ page, server }) => {
  await openEngagements(page, server, week)
  await expect(list(page)).toBeVisible()
  const options = list(page).getByRole('option')
  expect(await options.count()).toBeGreaterThan(100)
  const names = await options.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
  expect(sum(names.flatMap(heldIn))).toBeGreaterThan(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Show as table' }).click()
  const table = page.getByRole('region', { name: /as a table$/ })
  await expect(table.getByRole('row')).toHaveCount((await options.count()) + 1)
  await expectAccessible(page)
})

test('is narrowed by keyboard alone, and Escape lets go', async ({ page, server }) => {
  await openEngagements(page, server, week)
  await list(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Escape')
  await expect(list(page).getByRole('option', { selected: true })).toHaveCount(0)
  await page.keyboard.press('Home')
  for (let n = 0; n < 47; n++) await page.keyboard.press('Shift+ArrowRight')
  await expect(list(page).getByRole('option', { selected: true })).toHaveCount(48)
  const told = page.getByRole('status').filter({ hasText: '48 chosen' })
  await expect(told).toHaveCount(1)
  const held = sum(heldIn((await told.textContent()) ?? ''))
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?status=all&startAfter=[^&]+&startBefore=[^&]+&limit=100$/)
  await settled(page)
  await expect(list(page)).toBeFocused()
  expect(await counted(page)).toBe(held)
  await page.goBack()
  await expect(page).toHaveURL(/range=7d/)
})

test('is narrowed by dragging over it', async ({ page, server }) => {
  await openEngagements(page, server, week)
  const box = await list(page).boundingBox()
  if (box === null) throw new Error('The bars are not drawn')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.2, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 5 })
  const chosen = list(page).getByRole('option', { selected: true })
  expect(await chosen.count()).toBeGreaterThan(30)
  const names = await chosen.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''))
  await page.mouse.up()
  await expect(page).toHaveURL(/startAfter=[^&]+&startBefore=/)
  await settled(page)
  expect(await counted(page)).toBe(sum(names.flatMap(heldIn)))
})

test('is not waited for by the rows, and the page does without it', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/status of (404|503)/)
  await page.route(/\/v1\/engagements\/histogram\//, (route) =>
    route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"detail":"Not now."}' }),
  )
  await openEngagements(page, server, week)
  await expect(rows(page).first()).toBeVisible()
  await expect(page.getByText('When they started cannot be drawn. Not now.')).toBeVisible()
  await expectAccessible(page)
  await page.unroute(/\/v1\/engagements\/histogram\//)
  await page.route(/\/v1\/engagements\/histogram\//, (route) =>
    route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"detail":"None."}' }),
  )
  await page.reload()
  await settled(page)
  await expect(rows(page).first()).toBeVisible()
  await expect(list(page)).toHaveCount(0)
  await expect(page.getByText('cannot be drawn')).toHaveCount(0)
})

test('fits a narrow screen and forced colours', async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  await openEngagements(page, server, week)
  await expect(list(page)).toBeVisible()
  expect(await list(page).getByRole('option').count()).toBeLessThanOrEqual(60)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expectAccessible(page)
})
