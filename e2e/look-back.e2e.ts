import { arrive } from './arrive.ts'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const heading = { level: 1 } as const

test('a link to a moment shows the same rows whatever arrives, until the moment is taken away', async ({
  page,
  ownServer,
}) => {
  const asOf = new Date()
  const told = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'medium',
    timeStyle: 'medium',
  })
    .format(asOf)
    .replace(',', '')
  await openEngagements(page, ownServer, `?limit=10&asOf=${asOf.toISOString()}`)
  await expect(page.getByRole('heading', heading)).toContainText(`, as of ${told}, newest first`)
  await expectAccessible(page)
  const shown = await rows(page).allTextContents()
  expect(shown).toHaveLength(10)
  const link = page.url()

  await arrive(ownServer, 'after')
  await page.reload()
  await settled(page)
  await expect(rows(page)).toHaveCount(10)
  expect(await rows(page).allTextContents()).toEqual(shown)
  expect(page.url()).toBe(link)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/asOf=.*offset=10/)
  await settled(page)
  const second = await rows(page).allTextContents()
  expect(second).toHaveLength(10)
  expect(second.filter((text) => shown.includes(text))).toEqual([])
  await page.goBack()

  await page.getByRole('button', { name: `Remove filter As of ${told}` }).click()
  await expect(page).toHaveURL(/\?limit=10$/)
  await settled(page)
  await expect(rows(page).first()).toContainText('after@new.example')
  await page.goBack()
  await settled(page)
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page).toHaveURL(/\?limit=10$/)
})

test('now in an address becomes the moment it was opened at', async ({ page, ownServer }) => {
  await openEngagements(page, ownServer, '?status=all&limit=10&asOf=now')
  await expect(page).toHaveURL(/\?status=all&asOf=\d{4}-\d\d-\d\dT[\d:.]+Z&limit=10$/)
  await settled(page)
  await expect(page.getByRole('heading', heading)).toContainText(
    /, as of \d+ \w+ \d{4} [\d:]{8}, newest first/,
  )
  const shown = await rows(page).allTextContents()
  const link = page.url()
  await arrive(ownServer, 'after')
  await page.reload()
  await settled(page)
  await expect(rows(page)).toHaveCount(10)
  expect(await rows(page).allTextContents()).toEqual(shown)
  expect(page.url()).toBe(link)

  // A moment yet to come is now as well.
  await page.goto(`${ownServer.origin}/${ownServer.tenant}/engagements?limit=10&asOf=2100-01-01`)
  await expect(page).toHaveURL(new RegExp(`asOf=${new Date().getFullYear()}`))
  await settled(page)
  await expect(rows(page).first()).toContainText('after@new.example')
})
