import { expect, expectAccessible, openEngagements, rows, settled, signIn, test } from './test.ts'

test('a shared address shows a fresh browser the same rows', async ({ page, server, browser, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // An exact end, so that no call that begins between the two visits comes between.
  const before = new Date(Date.now() - 3_600_000).toISOString()
  await openEngagements(page, server, `?status=all&sort=longest&startBefore=${before}&limit=25`)
  await page
    .getByRole('button', { name: /^Details of/ })
    .nth(2)
    .click()
  await expect(page).toHaveURL(/open=/)
  const shown = await rows(page).allTextContents()
  expect(shown).toHaveLength(25)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('button', { name: 'Link copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(page.url())

  // Elsewhere on the device's clock; the link says nothing of the zone, so instants and not texts are compared.
  const other = await browser.newContext({
    timezoneId: 'Europe/Berlin',
    locale: 'de-DE',
    colorScheme: 'dark',
  })
  const theirs = await other.newPage()
  await theirs.goto(link)
  await signIn(theirs, server)
  await settled(theirs)
  expect(theirs.url()).toBe(link)
  expect(await rows(theirs).allTextContents()).toEqual(shown)
  await expect(theirs.getByRole('heading', { name: 'Users' })).toBeVisible()
  await expectAccessible(theirs)
  await other.close()
})

test('Back steps through what was applied, and a reload loses nothing', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await settled(page)
  await page.getByLabel('Sort').selectOption('Longest first')
  await settled(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful&asOf=[^&]+&limit=50&offset=50&sort=longest$/)
  await settled(page)
  const shown = await rows(page).allTextContents()
  await page.reload()
  await settled(page)
  await expect(rows(page)).toHaveCount(50)
  expect(await rows(page).allTextContents()).toEqual(shown)
  await page.goBack()
  await expect(page).toHaveURL(/\?status=unsuccessful&sort=longest$/)
  await page.goBack()
  await expect(page).toHaveURL(/\?status=unsuccessful$/)
  await expect(page.getByLabel('Sort')).toHaveValue('newest')
  await page.goBack()
  await expect(page).toHaveURL(/\/engagements$/)
  await expect(page.getByRole('radio', { name: 'Successful', exact: true })).toBeChecked()
  await page.goForward()
  await expect(page.getByRole('radio', { name: 'Unsuccessful' })).toBeChecked()
})

test('a bad address is met kindly: its good parts apply, the others are named', async ({ page, server }) => {
  await openEngagements(page, server, '?status=foo&sort=longest&limit=9999&colour=red&user=nobody')
  const notice = page.getByRole('status').filter({ hasText: 'Ignored in this link' })
  await expect(notice).toContainText('status=foo')
  await expect(notice).toContainText('limit=9999')
  await expect(notice).toContainText('colour=red')
  await expect(notice).toContainText('user=nobody')
  await expect(page.getByLabel('Sort')).toHaveValue('longest')
  await expect(rows(page)).toHaveCount(50)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Dismiss this notice' }).click()
  await expect(notice).toHaveCount(0)
})

test('an address of no page says so', async ({ page, server, expectedErrors }) => {
  expectedErrors.push(/status of 404/)
  await page.goto(`${server.origin}/PremierTenant/nothing/here`)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await expectAccessible(page)
})

test('an engagement that a link opens and the page does not hold stands above the list', async ({
  page,
  server,
  expectedErrors,
}) => {
  await openEngagements(page, server, '?sort=oldest&open=recorded-lost-card-abroad')
  const pinned = page.getByRole('region', { name: 'Engagement opened by this link' })
  await expect(pinned).toContainText('is not on this page of results')
  await expect(pinned.getByRole('heading', { name: 'Recordings' })).toBeVisible()
  await expectAccessible(page)
  await pinned.getByRole('button', { name: /^Close/ }).click()
  await expect(page).toHaveURL(/\?sort=oldest$/)

  expectedErrors.push(/status of 404/)
  await page.goto(`${server.origin}/${server.tenant}/engagements?open=never-was`)
  await expect(pinned).toContainText('There is no such engagement')
  await expect(rows(page)).toHaveCount(50)
})
