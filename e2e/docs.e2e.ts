import { expect, expectAccessible, test } from './test.ts'

test('the API is described on a page that can be read', async ({ page, server }) => {
  await page.goto(`${server.origin}/docs`)
  await expect(page.getByRole('heading', { name: 'Hindsight API' })).toBeVisible()
  const list = page.getByRole('heading', { name: 'GET /v1/engagements/{tenant}', exact: true })
  await expect(list).toBeVisible()
  await expect(page.getByRole('cell', { name: 'startAfter', exact: true }).first()).toBeVisible()
  await expectAccessible(page)
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
})
