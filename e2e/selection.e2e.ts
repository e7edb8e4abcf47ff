import type { Page } from '@playwright/test'
import { player } from './player.ts'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const bar = (page: Page) => page.getByRole('region', { name: 'Selected rows' })
const box = (page: Page, row: number) => rows(page).nth(row).getByRole('checkbox')
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('rows are selected by key, by range and all at once, and stay so on other pages', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=10')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await expect(box(page, 1)).toBeChecked()
  await expect(bar(page)).toContainText('1 selected')
  await expectAccessible(page)
  await box(page, 4).click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('4 selected')
  for (const row of [1, 2, 3, 4]) await expect(box(page, row)).toBeChecked()
  // A checkbox has the focus now, and the keys still work.
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  await expect(bar(page)).toContainText('3 selected')

  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await expect(bar(page)).toContainText('3 selected, 3 not on this page')
  await page.getByRole('checkbox', { name: 'Select the whole page' }).check()
  await expect(bar(page)).toContainText('13 selected, 3 not on this page')
  await expectAccessible(page)
  await page.getByRole('checkbox', { name: 'Select the whole page' }).uncheck()
  await expect(bar(page)).toContainText('3 selected')
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click()
  await expect(bar(page)).toHaveCount(0)
})

test('selected rows are copied as links and as text for a spreadsheet', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, '?status=all&tz=Asia/Kolkata&limit=10')
  await box(page, 0).click()
  await box(page, 2).click()
  await bar(page).getByRole('button', { name: 'Copy links' }).click()
  await expect(bar(page).getByRole('status')).toHaveText('Links copied.')
  const links = (await clipboard(page)).split('\n')
  expect(links).toHaveLength(2)
  for (const link of links)
    expect(link).toMatch(
      new RegExp(`^${server.origin}/${server.tenant}/engagements\\?open=[^&]+&tz=Asia/Kolkata$`),
    )

  await bar(page).getByRole('button', { name: 'Copy rows as text' }).click()
  await expect(bar(page).getByRole('status')).toContainText('Rows copied.')
  const [header = [], ...lines] = (await clipboard(page)).split('\n').map((line) => line.split('\t'))
  expect(header[0]).toBe('Started (Asia/Kolkata)')
  expect(lines).toHaveLength(2)
  for (const cells of lines) {
    expect(cells).toHaveLength(header.length)
    expect(cells[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+05:30$/)
    expect(links).toContain(cells.at(-1))
  }
  await page.goto(links[1] ?? '')
  await settled(page)
  await expect(page).toHaveURL(/open=/)
})

test('a review goes through the selection and counts what was marked as heard', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=50')
  const recorded = rows(page).filter({ has: page.getByRole('button', { name: /^Play / }) })
  const names = await recorded
    .getByRole('button', { name: /^Details of/ })
    .evaluateAll((all) =>
      all.map((button) => button.getAttribute('aria-label')?.replace('Details of ', '') ?? ''),
    )
  expect(names.length).toBeGreaterThan(3)
  const picked = [names[0], names[2], names[3]].map((name) => name ?? '')
  for (const name of picked) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click()
  await bar(page).getByRole('button', { name: 'Review' }).click()
  await expect(player(page)).toBeVisible()
  await expect(bar(page)).toContainText('Heard 0 of 3 of the selection, kept on this device')
  await expectAccessible(page)
  const playing = (name: string) =>
    expect(page.getByRole('button', { name: new RegExp(`^In the player: .* of ${name}$`) })).toBeVisible()
  await playing(picked[0] ?? '')
  await bar(page).getByRole('button', { name: 'Mark as heard' }).click()
  await expect(bar(page)).toContainText('Heard 1 of 3')
  // The call between them is recorded, too, and left out.
  await page.keyboard.press('Shift+N')
  await playing(picked[1] ?? '')
  await page.keyboard.press('Shift+N')
  await playing(picked[2] ?? '')
  await page.keyboard.press('Shift+N')
  await expect(page.getByText('This is the last one of the review.')).toBeVisible()
  await bar(page).getByRole('button', { name: 'Mark as heard' }).click()
  await expect(bar(page)).toContainText('Heard 2 of 3')
  await page.keyboard.press('Shift+P')
  await playing(picked[1] ?? '')
  await bar(page).getByRole('button', { name: 'End review' }).click()
  await expect(bar(page)).toBeFocused()
  await bar(page).getByRole('button', { name: 'Clear the selection' }).click()
  await expect(page.getByRole('main')).toBeFocused()
  // Outside of a review the one between is next again.
  await page.keyboard.press('Shift+P')
  await playing(names[1] ?? '')
})
