/** What stands on the page while an answer is on its way. The real server answers; only the moment is held back. */
import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, signIn, test } from './test.ts'

/** Holds back the answers to list requests that match, until let go. */
async function hold(page: Page, matching: RegExp): Promise<() => void> {
  const gate = Promise.withResolvers<void>()
  await page.route(matching, async (route) => {
    await gate.promise
    await route.continue()
  })
  return gate.resolve
}

test('the first load shows rows in their shape, and never says that there are none', async ({
  page,
  server,
}) => {
  const letGo = await hold(page, /\/v1\/engagements\//)
  // What the address has open is loaded beside the rows, not after them: it would push them down.
  const detail = page.waitForRequest(/assets\/RowDetail/)
  await page.goto(`${server.origin}/${server.tenant}/engagements?open=recorded-lost-card-abroad`)
  await signIn(page, server)
  await expect(page.getByText('Loading the engagements …')).toBeAttached()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Successful engagements, newest first')
  await expect(page.getByText('No engagement')).toHaveCount(0)
  await detail
  await expectAccessible(page)
  letGo()
  await expect(rows(page)).toHaveCount(50)
})

test('the next answer leaves the rows where they are, dimmed, until it is there', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=10')
  const before = await rows(page).allTextContents()
  const letGo = await hold(page, /status=unsuccessful/)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toBeVisible()
  expect(await rows(page).allTextContents()).toEqual(before)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Unsuccessful engagements/)
  letGo()
  await settled(page)
  expect(await rows(page).allTextContents()).not.toEqual(before)
})

test('the answer to the latest query wins, whatever comes later', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=10')
  const letGo = await hold(page, /sort=longest/)
  await page.getByLabel('Sort').selectOption('longest')
  await expect(page).toHaveURL(/sort=longest/)
  await page.getByLabel('Sort').selectOption('oldest')
  await settled(page)
  const oldest = await rows(page).allTextContents()
  letGo()
  await page.getByText('All', { exact: true }).click()
  await settled(page)
  await page.goBack()
  await settled(page)
  await expect(page.getByLabel('Sort')).toHaveValue('oldest')
  expect(await rows(page).allTextContents()).toEqual(oldest)
})
