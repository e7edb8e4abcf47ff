import { expect, openEngagements, rows, test } from './test.ts'

test('paper takes the sentence, the rows told and the table, with what is open in it, and nothing else', async ({
  page,
  server,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openEngagements(page, server, '?status=all&limit=50')
  const played = rows(page)
    .filter({ has: page.getByRole('button', { name: /^Play 2 recordings of/ }) })
    .first()
  await played.getByRole('button', { name: /^Details of/ }).click()
  await played.getByRole('checkbox').check()
  await played.getByRole('button', { name: /^Play 2 recordings/ }).click()
  await expect(page.getByRole('region', { name: 'Player' })).toBeVisible()
  await expect(page.getByRole('listbox', { name: /^Starts by/ })).toBeVisible()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })

  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(/^1–50 of \d/)).toBeVisible()
  await expect(page.getByRole('columnheader', { name: /^Started/ })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Facts' })).toBeVisible()
  const recording = page
    .getByRole('listitem')
    .filter({ hasText: /audio|video/ })
    .first()
  expect((await recording.boundingBox())?.height).toBeLessThan(60)
  for (const gone of ['banner', 'search', 'region', 'navigation', 'checkbox', 'listbox'] as const)
    await expect(page.getByRole(gone)).toHaveCount(0)
  // What is left of buttons are words in the table: the sorted headers, and how many recordings there are.
  const pressed = await page.getByRole('button').allTextContents()
  expect(pressed.filter((text) => !/^(\d+|Started .*|Duration)$/.test(text))).toEqual([])

  // Dark on white, though the screen is dark; a header that sticks would be on the first sheet alone.
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  // Its lightness, of 100.
  await expect(page.locator('body')).toHaveCSS('color', /^lab\(1\d\./)
  const header = page.locator('thead')
  await expect(header).toHaveCSS('display', 'table-header-group')
  await expect(header.locator('th').nth(3)).toHaveCSS('position', 'static')
  await expect(header.getByRole('button').first()).toHaveCSS('display', 'contents')
  // As wide as the sheet, in columns and not in cards, on a few sheets.
  const sheets = (await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type \/Page\b/g)
  expect(sheets?.length).toBeGreaterThan(1)
  expect(sheets?.length).toBeLessThan(5)
})
