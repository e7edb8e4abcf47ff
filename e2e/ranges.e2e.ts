import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, signIn, test } from './test.ts'

/** What the list was asked for, each time. */
function asked(page: Page): string[] {
  const queries: string[] = []
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url())
    if (/^\/v1\/engagements\/\w+$/.test(pathname)) queries.push(search)
  })
  return queries
}

const dayIn = (timeZone: string, at: number) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(at)

test('a rolling range stays in the address, and is of the receiver’s own days', async ({
  page,
  server,
  browser,
}) => {
  await openEngagements(page, server)
  await page.getByRole('button', { name: /^Started Any time/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Started: range' })
  const today = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    dateStyle: 'medium',
  }).format(Date.now())
  await expect(dialog.getByRole('button', { name: 'Last 7 days' })).toHaveAccessibleDescription(
    new RegExp(`00:00:00 CES?T – ${today} 23:59:59 CES?T`),
  )
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/\?range=7d$/)
  await settled(page)
  const sentence = page.getByRole('heading', { level: 1 })
  await expect(sentence).toHaveText('Successful engagements, started in the last 7 days, newest first')
  const queries = asked(page)
  await page.reload()
  await settled(page)
  await expect(sentence).toContainText('started in the last 7 days')
  expect(page.url()).toMatch(/\?range=7d$/)
  const startOf = (search: string) => Date.parse(new URLSearchParams(search).get('startAfter') ?? '')
  await expect.poll(() => queries.length).toBeGreaterThan(0)
  expect(new Set(queries).size).toBe(1)
  const berlin = startOf(queries[0] ?? '')
  expect(dayIn('Europe/Berlin', berlin - 1)).not.toBe(dayIn('Europe/Berlin', berlin))

  const elsewhere = await browser.newContext({ timezoneId: 'America/St_Johns', locale: 'en-US' })
  const theirs = await elsewhere.newPage()
  const theirQueries = asked(theirs)
  await theirs.goto(page.url())
  await signIn(theirs, server)
  await settled(theirs)
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('started in the last 7 days')
  const stJohns = startOf(theirQueries[0] ?? '')
  expect(dayIn('America/St_Johns', stJohns - 1)).not.toBe(dayIn('America/St_Johns', stJohns))
  expect(stJohns).not.toBe(berlin)
  await elsewhere.close()
})

test('an exact range in a link wins over a rolling one, and the page says so', async ({ page, server }) => {
  await openEngagements(page, server, '?range=today&startAfter=2020-01-01')
  await expect(page.getByRole('status').filter({ hasText: 'Ignored in this link' })).toContainText(
    'range=today',
  )
  await expect(page.getByRole('heading', { level: 1 })).toContainText('started since 1 Jan 2020')
})

test('ranges that contradict each other are told, and never sent', async ({ page, server }) => {
  const queries = asked(page)
  await openEngagements(page, server, '?range=today&endBefore=2020-01-01')
  await expect(page.getByText('An engagement cannot have ended before it started')).toBeVisible()
  await expect(page.getByText('Engagements still open have no end and are left out.')).toBeVisible()
  await expectAccessible(page)
  expect(queries).toEqual([])
  await page.getByRole('button', { name: /^Remove filter Ended/ }).click()
  await expect(page).toHaveURL(/\?range=today$/)
  await settled(page)
  expect(queries).toHaveLength(1)

  await page.getByRole('button', { name: /^Ended Any time/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Ended: range' })
  await dialog.getByRole('group', { name: 'To' }).getByLabel('Day').fill('24/12/2019')
  await expect(dialog.getByRole('alert')).toHaveText('An engagement cannot have ended before it started')
  await expect(dialog.getByRole('img', { name: /Ended until 24 Dec 2019/ })).toBeVisible()
  await dialog.getByRole('group', { name: 'To' }).getByLabel('Day').press('Enter')
  await expect(dialog.getByRole('group', { name: 'To' }).getByLabel('Day')).toHaveAttribute(
    'aria-invalid',
    'true',
  )
  await dialog.getByRole('button', { name: 'Yesterday' }).click()
  await expect(dialog).toContainText('Yesterday: An engagement cannot have ended before it started')
  await expectAccessible(page)
  expect(queries).toHaveLength(1)
  await expect(page).toHaveURL(/\?range=today$/)
})

test('days come from the calendar by keyboard alone, and are written in the user’s own order', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'America/New_York' })
  const page = await context.newPage()
  await openEngagements(page, server, '?startAfter=2026-03-02T05:00:00Z&startBefore=2026-03-03T04:59:59.999Z')
  await page
    .getByRole('button', { name: /^Started/ })
    .first()
    .press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Started: range' })
  const day = (edge: string) => dialog.getByRole('group', { name: edge }).getByLabel('Day')
  await expect(day('From')).toHaveValue('03/02/2026')
  await dialog.getByRole('button', { name: /^Thursday, March 5, 2026/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(day('From')).toHaveValue('03/05/2026')
  await expect(day('To')).toHaveValue('03/12/2026')
  await day('To').press('Enter')
  // Over the change to summer time on 8 March.
  await expect(page).toHaveURL(/startAfter=2026-03-05T05:00:00Z&startBefore=2026-03-13T03:59:59\.999Z/)
  await context.close()
})

test('the range editor fits a narrow screen', async ({ page, server }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await openEngagements(page, server)
  await page.getByRole('button', { name: /^Started Any time/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Started: range' })
  await expect(dialog).toBeVisible()
  const width = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(width).toBeLessThanOrEqual(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Today', exact: true }).click()
  await expect(page).toHaveURL(/\?range=today$/)
  await expect(rows(page).first().or(page.getByText('No engagement matches'))).toBeVisible()
})
