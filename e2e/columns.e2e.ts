import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Columns' })
const headers = (page: Page) =>
  page
    .getByRole('columnheader')
    .filter({ hasNotText: /^Select the whole/ })
    .filter({ hasNotText: 'Details' })

async function expectColumns(page: Page, names: readonly (string | RegExp)[]): Promise<void> {
  await expect(headers(page)).toHaveText([...names])
}

const usual = [/^Started/, 'Duration', 'Customer', 'Associate', 'Team', 'Waited', 'Outcome', 'Recordings']

test('columns are chosen, ordered by keyboard, sized, and are there after a reload', async ({
  page,
  server,
}) => {
  // Twice through the page, and many keys.
  test.slow()
  await openEngagements(page, server)
  await expectColumns(page, usual)
  const comfortable = (await rows(page).first().boundingBox())?.height ?? 0
  await page.getByRole('button', { name: 'Columns' }).click()
  await dialog(page).getByRole('checkbox', { name: 'Waited' }).uncheck()
  const up = dialog(page).getByRole('button', { name: 'Move Outcome up' })
  await up.focus()
  for (let places = 0; places < 6; places += 1) await page.keyboard.press('Enter')
  await expect(up).toBeFocused()
  await expect(dialog(page).getByRole('status')).toHaveText('Outcome is column 1 of 8.')
  await dialog(page).getByLabel('Width of Team in pixels').fill('230')
  await dialog(page).getByText('Compact', { exact: true }).click()
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  const chosen = ['Outcome', ...usual.filter((name) => name !== 'Outcome' && name !== 'Waited')]
  await expectColumns(page, chosen)
  await expect(page).toHaveURL(/\/engagements$/)

  await page.reload()
  await settled(page)
  await expectColumns(page, chosen)
  await expectAccessible(page)
  expect((await page.getByRole('columnheader', { name: 'Team' }).boundingBox())?.width).toBe(230)
  expect((await rows(page).first().boundingBox())?.height).toBeLessThan(comfortable - 5)
  await page
    .getByRole('button', { name: /^Details of/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
})

test('the last column stays, and a pointer orders as well, and there is a way back', async ({
  page,
  server,
}) => {
  await openEngagements(page, server)
  await page.getByRole('button', { name: 'Columns' }).click()
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Move Duration up' }).click()
  for (const name of ['Duration', 'Customer', 'Associate', 'Team', 'Waited', 'Outcome', 'Recordings'])
    await dialog(page).getByRole('checkbox', { name, exact: true }).uncheck()
  const last = dialog(page).getByRole('checkbox', { name: 'Started' })
  await last.click()
  await expect(last).toBeChecked()
  await dialog(page).getByRole('checkbox', { name: 'Duration' }).check()
  await page.keyboard.press('Escape')
  await expectColumns(page, ['Duration', /^Started/])
  await page.getByRole('button', { name: 'Columns' }).click()
  await dialog(page).getByRole('button', { name: 'Back to the usual columns' }).click()
  await expectColumns(page, usual)
})

test('columns are in the link when that is wished, and the link wins over the device', async ({
  page,
  server,
  browser,
}) => {
  await openEngagements(page, server)
  await page.getByRole('button', { name: 'Columns' }).click()
  for (const name of ['Waited', 'Team']) await dialog(page).getByRole('checkbox', { name }).uncheck()
  await dialog(page).getByRole('checkbox', { name: 'Put the columns in the link' }).check()
  await expect(page).toHaveURL(/\?cols=started%2Cduration%2Ccustomer%2Cassociate%2Coutcome%2Crecordings$/)
  await dialog(page).getByRole('checkbox', { name: 'Associate' }).uncheck()
  await expect(page).toHaveURL(/\?cols=started%2Cduration%2Ccustomer%2Coutcome%2Crecordings$/)
  await page.keyboard.press('Escape')
  const shown = [/^Started/, 'Duration', 'Customer', 'Outcome', 'Recordings']
  await expectColumns(page, shown)

  const other = await browser.newContext()
  const theirs = await other.newPage()
  await openEngagements(theirs, server, new URL(page.url()).search)
  await expectColumns(theirs, shown)
  await theirs.getByText('All', { exact: true }).click()
  await settled(theirs)
  await expectColumns(theirs, shown)
  // Theirs are still as they were.
  await theirs.goto(`${server.origin}/${server.tenant}/engagements`)
  await settled(theirs)
  await expectColumns(theirs, usual)
  await theirs.goto(`${server.origin}/${server.tenant}/engagements?cols=mood`)
  await expect(theirs.getByRole('status').filter({ hasText: 'Ignored in this link' })).toContainText(
    'cols=mood',
  )
  await expectColumns(theirs, usual)
  await other.close()
})
