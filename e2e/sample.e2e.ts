import { arrive } from './arrive.ts'
import { expect, expectAccessible, openEngagements, rows, settled, signIn, test } from './test.ts'

test('a sample is the same for everybody who opens its link, whatever arrives', async ({
  page,
  ownServer,
  browser,
}) => {
  await openEngagements(page, ownServer, '?user=ana.ruiz@premier.example&tz=UTC')
  const count = page.getByText(/^1–50 of \d+$/)
  await expect(count).toBeVisible()
  const total = Number((await count.textContent())?.split(' of ')[1])
  await page.getByRole('button', { name: 'Random 10 of these' }).click()
  await expect(page).toHaveURL(/\?user=ana\.ruiz@premier\.example&asOf=[^&]+&sample=10&seed=\d{1,6}&tz=UTC$/)
  await settled(page)
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText(`10 random of ${total} successful engagements with ana.ruiz`)
  const drawn = await rows(page).allTextContents()
  expect(new Set(drawn).size).toBe(10)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toHaveCount(0)
  await expectAccessible(page)
  const link = page.url()

  await arrive(ownServer, 'ana.ruiz', 5, 'premier.example')
  const other = await browser.newContext({ timezoneId: 'Asia/Kolkata' })
  const theirs = await other.newPage()
  await theirs.goto(link)
  await signIn(theirs, ownServer)
  await settled(theirs)
  expect(await rows(theirs).allTextContents()).toEqual(drawn)
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText(`10 random of ${total} `)
  await other.close()

  const bar = page.getByRole('navigation', { name: 'Sample' })
  await bar.getByRole('button', { name: 'Next sample' }).click()
  await expect(page).not.toHaveURL(link)
  await settled(page)
  expect(await rows(page).allTextContents()).not.toEqual(drawn)
  await page.goBack()
  await settled(page)
  expect(await rows(page).allTextContents()).toEqual(drawn)

  await bar.getByRole('button', { name: 'Leave the sample' }).click()
  await expect(page).toHaveURL(/\?user=ana\.ruiz@premier\.example&tz=UTC$/)
  await settled(page)
  await expect(rows(page)).toHaveCount(50)
})

test('another filter draws from what it lets through', async ({ page, server }) => {
  await openEngagements(page, server, '?asOf=now&sample=5&seed=7')
  await expect(page).toHaveURL(/\?asOf=\d[^&]+&sample=5&seed=7$/)
  await expect(rows(page)).toHaveCount(5)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful&asOf=\d[^&]+&sample=5&seed=7$/)
  await settled(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^5 random of [\d,]+ unsuccessful/)
  expect(await rows(page).locator('[data-label="Outcome"]').allTextContents()).not.toContain('Connected')
})
