import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const header = (page: Page, name: RegExp) => page.getByRole('columnheader', { name })
const times = (page: Page) =>
  rows(page)
    .locator('time')
    .evaluateAll((all) => all.map((time) => Date.parse(time.getAttribute('datetime') ?? '')))
const isSorted = (values: readonly number[]) =>
  values.every((value, i) => i === 0 || (values[i - 1] ?? 0) <= value)

test('sorts by header and by select, which are one control', async ({ page, server }) => {
  await openEngagements(page, server)
  await expect(header(page, /^Started/)).toHaveAttribute('aria-sort', 'descending')
  await expect(page.locator('[aria-sort]')).toHaveCount(1)
  expect(isSorted((await times(page)).toReversed())).toBe(true)

  await header(page, /^Started/)
    .getByRole('button')
    .click()
  await expect(page).toHaveURL(/\?sort=oldest$/)
  await settled(page)
  await expect(header(page, /^Started/)).toHaveAttribute('aria-sort', 'ascending')
  await expect(page.getByLabel('Sort')).toHaveValue('oldest')
  expect(isSorted(await times(page))).toBe(true)

  await header(page, /^Duration/)
    .getByRole('button')
    .click()
  await expect(page).toHaveURL(/\?sort=longest$/)
  await settled(page)
  await expect(page.getByLabel('Sort')).toHaveValue('longest')
  const durations = await rows(page).locator('[data-label="Duration"]').allTextContents()
  const seconds = durations.map((text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0))
  expect(isSorted(seconds.toReversed())).toBe(true)

  await page.getByLabel('Sort').selectOption('shortest')
  await expect(page).toHaveURL(/\?sort=shortest$/)
  await expect(header(page, /^Duration/)).toHaveAttribute('aria-sort', 'ascending')
})

test('pages to the end and back, no row twice and none left out', async ({ page, server }) => {
  const before = new Date(Date.now() - 3_600_000).toISOString()
  const search = `?user=ana.ruiz@premier.example&startBefore=${before}&limit=100`
  await openEngagements(page, server, search)
  const next = page.getByRole('button', { name: 'Next' })
  const seen: string[] = []
  const totals = new Set<string | undefined>()
  for (;;) {
    await settled(page)
    seen.push(
      ...(await rows(page)
        .locator('time')
        .evaluateAll((all) => all.map((t) => t.getAttribute('datetime') ?? ''))),
    )
    const count = page.getByText(/^\d+–\d+ of \d+\+?$/)
    if (await next.isDisabled()) {
      await expect(count).toHaveText(new RegExp(`^\\d+–${seen.length} of ${seen.length}$`))
      break
    }
    await expect(count).toHaveText(new RegExp(`–${seen.length} of \\d+$`))
    totals.add((await count.textContent())?.split(' of ')[1])
    await next.click()
    await expect(page).toHaveURL(new RegExp(`offset=${seen.length}$`))
  }
  expect(seen.length).toBeGreaterThan(100)
  expect([...totals]).toEqual([String(seen.length)])
  // What the API itself says, asked in one other way: oldest first.
  const answer = await page.request.get(
    `${server.origin}/v1/engagements/${server.tenant}${search}&sort=oldest&offset=0`,
  )
  const [oldest] = (await answer.json()).engagements
  expect(seen.at(-1)).toBe(oldest.startDate)
  expect(isSorted(seen.map((text) => Date.parse(text)).toReversed())).toBe(true)

  await page.getByRole('button', { name: 'Previous' }).click()
  await settled(page)
  await page.getByRole('button', { name: 'First page' }).click()
  await expect(page).not.toHaveURL(/offset/)
})

test('says so where an address points past the end', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=50&offset=900000')
  await expect(page.getByText('There are no engagements this far down the list')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Go to the first page' }).click()
  await expect(rows(page)).toHaveCount(50)
})

test('chooses how many rows a page has', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.getByLabel('Rows').selectOption('10')
  await expect(page).toHaveURL(/\?limit=10$/)
  await expect(rows(page)).toHaveCount(10)
})

test('opens a row to its users, recordings, facts and context, and filters by a user', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=25')
  const row = rows(page)
    .filter({ has: page.getByRole('button', { name: /^Play 2 recordings of/ }) })
    .first()
  const expander = row.getByRole('button', { name: /^Details of/ })
  await expander.focus()
  await page.keyboard.press('Enter')
  await expect(expander).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/open=recorded-/)
  for (const name of ['Users', 'Recordings', 'Facts', 'Context']) {
    await expect(page.getByRole('heading', { name })).toBeVisible()
  }
  await expect(page.getByRole('button', { name: /^Play recording [12],/ })).toHaveCount(2)
  // Of the recording and of the engagement, in the same words.
  await expect(page.getByText('video with sound')).toHaveCount(2)
  await expectAccessible(page, { rows: 'all' })

  // One that closes above another does not move it away from the pointer.
  const details = rows(page).getByRole('button', { name: /^Details of/ })
  await details.nth(10).click()
  await page.evaluate(() => scrollTo(0, 500))
  const place = (await details.nth(13).boundingBox())?.y ?? 0
  await details.nth(13).click()
  await expect(details.nth(13)).toHaveAttribute('aria-expanded', 'true')
  expect(Math.abs(((await details.nth(13).boundingBox())?.y ?? 0) - place)).toBeLessThan(2)
  await expander.click()

  const only = page.getByRole('button', { name: /^Show only engagements with .*@premier\.example$/ })
  const email = ((await only.getAttribute('aria-label')) ?? '').split(' ').at(-1) ?? ''
  await only.click()
  await expect(page).toHaveURL(new RegExp(`[?&]user=${email.replaceAll('.', '\\.')}(&|$)`))
  await settled(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(email)
})

test('shows times in the zone that was chosen, which goes with the link', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=10')
  await expect(header(page, /^Started \((CET|CEST|GMT\+[12])\)/)).toBeVisible()
  const inBerlin = await rows(page).locator('time').first().textContent()
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  await expect(page).toHaveURL(/tz=Asia\/Tokyo/)
  await expect(header(page, /^Started \((JST|GMT\+9)\)/)).toBeVisible()
  await expect(rows(page).locator('time').first()).not.toHaveText(inBerlin ?? '')
})

test('is light or dark as the device is, or as was chosen', async ({ page, server }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openEngagements(page, server, '?limit=10')
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await background()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await background()
  expect(light).not.toBe(dark)
  await expectAccessible(page)
  const theme = page.getByRole('button', { name: /^Theme/ })
  for (let presses = 0; presses < 3 && (await background()) !== dark; presses++) await theme.click()
  expect(await background()).toBe(dark)
  await page.reload()
  await settled(page)
  expect(await background()).toBe(dark)
})

test('goes by keyboard alone', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.keyboard.press('/')
  await expect(page.getByLabel('User’s email')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.getByRole('main').focus()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect(
    rows(page)
      .nth(1)
      .getByRole('button', { name: /^Details of/ }),
  ).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/open=/)
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/\?asOf=[^&]+&limit=50&offset=50$/)
  await settled(page)
  await page.keyboard.press('p')
  await expect(page).not.toHaveURL(/offset/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

for (const width of [360, 320]) {
  test(`fits ${width} px: rows are cards, nothing runs out of the page`, async ({ page, server }) => {
    await page.setViewportSize({ width, height: 740 })
    await openEngagements(page, server, '?limit=10')
    await rows(page)
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click()
    await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    await expectAccessible(page)
  })
}
