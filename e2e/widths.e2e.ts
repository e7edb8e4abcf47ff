import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const header = (page: Page, name: string) => page.getByRole('columnheader', { name, exact: true })
const handle = (page: Page, name: string) => page.getByRole('separator', { name: `Width of ${name}` })
const width = async (page: Page, name: string) => (await header(page, name).boundingBox())?.width ?? 0

test('a column is as wide as its handle was dragged, or the arrow keys say, and stays so', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=10')
  const before = Math.round(await width(page, 'Team'))
  const box = await handle(page, 'Team').boundingBox()
  const [x, y] = [(box?.x ?? 0) + 6, (box?.y ?? 0) + 10]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 30, y)
  await page.mouse.move(x + 60, y)
  expect(await width(page, 'Team')).toBe(before + 60)
  await page.mouse.up()
  expect(await width(page, 'Team')).toBe(before + 60)
  await expect(handle(page, 'Team')).toHaveAttribute('aria-valuenow', String(before + 60))
  await expectAccessible(page)

  await handle(page, 'Customer').focus()
  await expect(handle(page, 'Customer')).toHaveAttribute('aria-valuetext', 'as wide as its text')
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect(handle(page, 'Customer')).toHaveAttribute('aria-valuetext', '540 pixels')
  expect(await width(page, 'Customer')).toBe(540)
  // More than fits: the table scrolls, the page does not.
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440)

  await page.reload()
  await settled(page)
  expect(await width(page, 'Team')).toBe(before + 60)
  expect(await width(page, 'Customer')).toBe(540)
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect(page.getByLabel('Width of Team in pixels')).toHaveValue(String(before + 60))
  await page.keyboard.press('Escape')
  await handle(page, 'Customer').press('Enter')
  expect(await width(page, 'Customer')).toBeLessThan(400)
  await handle(page, 'Team').dblclick()
  expect(Math.round(await width(page, 'Team'))).toBe(before)
})

test('cards keep what can be pressed in the header in view, and have no widths', async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 740 })
  await openEngagements(page, server, '?limit=10')
  await expect(page.getByRole('separator')).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'Select the whole page' }).click()
  await expect(page.getByRole('region', { name: 'Selected rows' })).toContainText('10 selected')
  await page.getByRole('button', { name: 'Duration' }).click()
  await expect(page).toHaveURL(/sort=longest/)
  await expect(rows(page)).toHaveCount(10)
  await expectAccessible(page)
})
