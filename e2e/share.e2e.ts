import type { Browser, BrowserContext, Page } from '@playwright/test'
import { arrive } from './arrive.ts'
import { expect, expectAccessible, openEngagements, rows, settled, signIn, test } from './test.ts'

const sheet = (page: Page) => page.getByRole('dialog', { name: 'Share' })

/** Copies the link of the open share sheet, which is the one it shows. */
async function copyLink(page: Page): Promise<string> {
  await sheet(page).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(sheet(page).getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await expect(sheet(page).getByRole('textbox', { name: 'Link' })).toHaveValue(link)
  await expect(sheet(page)).toContainText(`${link.length.toLocaleString('en')} characters`)
  return link
}

/** A browser elsewhere: of another zone, locale and colour scheme, that has never been here. */
async function elsewhere(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    timezoneId: 'America/New_York',
    locale: 'ja-JP',
    colorScheme: 'dark',
  })
  return { context, page: await context.newPage() }
}

/** Each row as it is shown, but for the order of its date's parts, which is the locale's. */
function told(page: Page): Promise<string[]> {
  return rows(page).evaluateAll((all) =>
    all.map((row) => {
      const time = row.querySelector('time')
      const date = time?.textContent ?? ''
      return `${time?.dateTime} at ${date.slice(-8)} ${row.textContent.replaceAll(date, '')}`
    }),
  )
}

test('an exact link shows a fresh browser the same rows, and what has come since', async ({
  page,
  ownServer,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, ownServer, '?user=ana.ruiz@premier.example&limit=25')
  const details = page.getByRole('button', { name: /^Details of/ })
  await details.nth(2).click()
  await expect(page).toHaveURL(/open=/)
  const shown = await told(page)
  expect(shown).toHaveLength(25)
  const count = page.getByText(/^1–25 of \d+$/)
  await expect(count).toBeVisible()
  const total = Number((await count.textContent())?.split(' of ')[1])

  await page.getByRole('button', { name: 'Share' }).click()
  await expect(sheet(page)).toContainText(`The receiver sees ${total} engagements.`)
  await expect(sheet(page).getByRole('radio', { name: /^Exact/ })).toBeChecked()
  await expectAccessible(page)
  const link = await copyLink(page)
  expect(new URL(link).search).toMatch(
    new RegExp(
      `^\\?user=ana.ruiz@premier.example&asOf=[^&]+&limit=25&n=${total}&open=[^&]+&tz=Europe/Berlin$`,
    ),
  )
  await page.keyboard.press('Escape')
  await expect(sheet(page)).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Share' })).toBeFocused()

  await arrive(ownServer, 'ana.ruiz', 3, 'premier.example')
  const { context: other, page: theirs } = await elsewhere(browser)
  await theirs.goto(link)
  await signIn(theirs, ownServer)
  await settled(theirs)
  // In the sender's zone, so that the texts are the same as well.
  expect(await told(theirs)).toEqual(shown)
  await expect(theirs.getByRole('heading', { name: 'Users' })).toBeVisible()
  await expect(theirs.getByText(`${total} when shared, ${total + 3} now`)).toBeVisible()
  await expect(theirs.getByText('Times are in Europe/Berlin, the zone of whoever shared this.')).toBeVisible()
  expect(theirs.url()).toBe(link)
  await expectAccessible(theirs)

  await theirs.getByRole('button', { name: 'Next' }).click()
  await expect(theirs).toHaveURL(/offset=25&n=/)
  await theirs.getByRole('button', { name: 'First page' }).click()
  await expect(theirs).toHaveURL(/asOf=[^&]+&limit=25&n=/)
  await settled(theirs)
  expect(await told(theirs)).toEqual(shown)

  await theirs.getByRole('button', { name: 'Show them in America/New_York' }).click()
  await expect(theirs.getByText('Times are in America/New_York, your own zone.')).toBeVisible()
  expect(await told(theirs)).not.toEqual(shown)
  await theirs.getByRole('button', { name: `Show all ${total + 3}` }).click()
  await expect(theirs).toHaveURL(/\?user=ana.ruiz@premier.example&limit=25$/)
  await settled(theirs)
  await expect(theirs.getByText(`1–25 of ${total + 3}`, { exact: true })).toBeVisible()
  await expect(theirs.getByText('when shared')).toHaveCount(0)
  await other.close()
})

test('a rolling link shows whatever there is, in the receiver’s own zone if that was chosen', async ({
  page,
  ownServer,
  browser,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, ownServer, '?user=ana.ruiz@premier.example&limit=25')
  const shown = await told(page)
  await page.getByRole('button', { name: 'Share' }).click()
  await sheet(page)
    .getByRole('radio', { name: /^Rolling/ })
    .check()
  await sheet(page)
    .getByRole('radio', { name: /^The receiver’s own/ })
    .check()
  const link = await copyLink(page)
  expect(new URL(link).search).toBe('?user=ana.ruiz@premier.example&limit=25')

  await arrive(ownServer, 'ana.ruiz', 3, 'premier.example')
  const { context: other, page: theirs } = await elsewhere(browser)
  await theirs.goto(link)
  await signIn(theirs, ownServer)
  await settled(theirs)
  const received = await told(theirs)
  expect(received).toHaveLength(25)
  expect(received).not.toEqual(shown)
  await expect(theirs.getByText('when shared')).toHaveCount(0)
  await expect(theirs.getByLabel('Time zone')).toHaveValue('device')
  await other.close()
})

test('a link without emails names nobody, and says what that shows', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, '?user=ana.ruiz@premier.example')
  await page.getByRole('button', { name: 'Share' }).click()
  const receiver = sheet(page).getByText(/^The receiver sees [\d,]+ engagements\.$/)
  await expect(receiver).toBeVisible()
  const own = await receiver.textContent()
  await sheet(page)
    .getByRole('radio', { name: /^Without emails/ })
    .check()
  await expect(receiver).not.toHaveText(own ?? '')
  const all = /[\d,]+/.exec((await receiver.textContent()) ?? '')?.[0]?.replaceAll(',', '')
  expect(new URL(await copyLink(page)).search).toMatch(
    new RegExp(`^\\?asOf=[^&]+&n=${all}&tz=Europe/Berlin$`),
  )
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
  const shown = await told(page)
  await page.reload()
  await settled(page)
  await expect(rows(page)).toHaveCount(50)
  expect(await told(page)).toEqual(shown)
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
