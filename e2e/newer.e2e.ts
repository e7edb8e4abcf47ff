/** What arrives while a list is open: told beside it, and never among its rows. */
import type { Page } from '@playwright/test'
import { arrive } from './arrive.ts'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const longestPollMs = 120_000

/** The address of every count that is asked for from now on. */
function countsAsked(page: Page): string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/v1/engagements/count/')) asked.push(request.url())
  })
  return asked
}

const starts = (page: Page) =>
  rows(page)
    .locator('time')
    .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''))

test('new engagements are told beside the rows, which stay until they are asked for', async ({
  page,
  ownServer,
}) => {
  await page.clock.install()
  await openEngagements(page, ownServer, '?limit=10')
  const count = page.getByText(/^1–10 of [\d,]+$/)
  await expect(count).toBeVisible()
  const total = Number((await count.textContent())?.split(' of ')[1]?.replaceAll(',', ''))
  await expect(page.getByText(`Page 1 of ${Math.ceil(total / 10).toLocaleString('en')}`)).toBeVisible()
  const shown = await rows(page).allTextContents()

  await arrive(ownServer, 'three', 3)
  await page.clock.fastForward(longestPollMs)
  const newer = page.getByRole('button', { name: '3 newer, show' })
  await expect(newer).toBeVisible()
  expect(await rows(page).allTextContents()).toEqual(shown)
  await expect(page).toHaveURL(/\?limit=10$/)
  await expectAccessible(page)

  // By keyboard, and the focus goes on from there.
  await newer.focus()
  await page.keyboard.press('Enter')
  await expect(newer).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(rows(page).nth(2)).toContainText('three@new.example')
  expect((await rows(page).allTextContents()).slice(3)).toEqual(shown.slice(0, 7))
  await expect(count).toHaveText(`1–10 of ${(total + 3).toLocaleString('en')}`)
  await expect(page).toHaveURL(/\?limit=10$/)
})

test('pages are of one moment while others arrive, until the way back to the first', async ({
  page,
  ownServer,
}) => {
  const before = new Date().toISOString()
  await openEngagements(page, ownServer, `?status=all&limit=10&asOf=${before}`)
  const expected: string[] = []
  for (const at of [1, 2, 3]) {
    await expect(page.getByText(`Page ${at} of`)).toBeVisible()
    await settled(page)
    expected.push(...(await starts(page)))
    await page.getByRole('button', { name: 'Next' }).click()
  }

  await page.goto(`${ownServer.origin}/${ownServer.tenant}/engagements?status=all&limit=10`)
  await settled(page)
  const seen = await starts(page)
  const heading = page.getByRole('heading', { level: 1 })
  for (const at of [2, 3]) {
    await arrive(ownServer, `while at ${at}`.replaceAll(' ', '.'), 4)
    await page.getByRole('button', { name: 'Next' }).click()
    await expect(page).toHaveURL(new RegExp(`asOf=[^&]+&limit=10&offset=${(at - 1) * 10}$`))
    await settled(page)
    await expect(heading).toContainText(', as of ')
    seen.push(...(await starts(page)))
  }
  expect(seen).toEqual(expected)

  // Back is what was shown, and the way to the first page by its button leads to it as well: with what is newer beside it.
  await page.getByRole('button', { name: 'First page' }).click()
  await expect(page).toHaveURL(/\?status=all&limit=10$/)
  await settled(page)
  await expect(heading).not.toContainText('as of')
  expect(await starts(page)).toEqual(expected.slice(0, 10))
  await page.getByRole('button', { name: '8 newer, show' }).click()
  await expect(rows(page).first()).toContainText('while.at')
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  // What is applied next is of now again.
  await page.getByText('Successful', { exact: true }).click()
  await expect(page).toHaveURL(/\?limit=10$/)
  await settled(page)
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
})

test('a hidden tab asks nothing, and asks at once when it is shown again', async ({ page, ownServer }) => {
  await page.clock.install()
  await openEngagements(page, ownServer, '?limit=10')
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
  const asked = countsAsked(page)
  // The page may not have set its timer yet when the count is first seen.
  const pass = async () => {
    await page.clock.fastForward(longestPollMs)
    return asked.length
  }
  await expect.poll(pass).toBeGreaterThan(0)
  await page.waitForLoadState('networkidle')

  const become = (state: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true })
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    }, state)
  await become('hidden')
  const before = asked.length
  await arrive(ownServer, 'unseen')
  for (let hour = 0; hour < 3; hour++) await page.clock.fastForward(3_600_000)
  expect(asked.length).toBe(before)
  await become('visible')
  await expect(page.getByRole('button', { name: '1 newer, show' })).toBeVisible()
  expect(asked.length).toBeGreaterThan(before)
})

test('what has not changed is asked for by its mark, and costs a 304', async ({ page, server }) => {
  await page.clock.install()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  // The browser gives the page its kept answer; what went over the wire is told here.
  const polled = new Set<string>()
  const statuses: { readonly id: string; readonly status: number }[] = []
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.url.includes('/v1/engagements/count/')) polled.add(requestId)
  })
  devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    statuses.push({ id: requestId, status: statusCode })
  })
  // Which request an answer belongs to may be told after it.
  const answers = () => statuses.filter(({ id }) => polled.has(id)).map(({ status }) => status)
  await openEngagements(page, server, '?limit=10')
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
  await expect.poll(() => answers().length).toBeGreaterThan(1)
  const before = answers().length
  await page.clock.fastForward(longestPollMs)
  await expect.poll(() => answers().slice(before)).toEqual([304, 304])
})

test('a list that is sorted otherwise does not look for newer ones', async ({ page, server }) => {
  await page.clock.install()
  await openEngagements(page, server, '?sort=longest&limit=10')
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
  const asked = countsAsked(page)
  await page.clock.fastForward(3_600_000)
  await page.waitForLoadState('networkidle')
  expect(asked).toEqual([])
})

test('the total comes beside the rows and holds none of them up', async ({ page, server }) => {
  const gate = Promise.withResolvers<void>()
  await page.route(/\/v1\/engagements\/count\//, async (route) => {
    await gate.promise
    await route.continue()
  })
  await openEngagements(page, server, '?limit=10')
  await expect(rows(page)).toHaveCount(10)
  await expect(page.getByText('1–10 of 10+', { exact: true })).toBeVisible()
  await expect(page.getByText('Page 1', { exact: true })).toBeVisible()
  gate.resolve()
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
})

test('a total that cannot be had is said to be missing, and can be asked for again', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource/)
  await page.route(/\/v1\/engagements\/count\//, (route) => route.abort())
  await openEngagements(page, server, '?limit=10')
  const retry = page.getByRole('button', { name: 'Not counted, retry' })
  await expect(retry).toBeVisible()
  await expect(rows(page)).toHaveCount(10)
  await expect(page.getByText('1–10 of 10+', { exact: true })).toBeVisible()
  await page.unrouteAll()
  await retry.click()
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
})
