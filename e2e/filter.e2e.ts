import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

/** The text of one column, row by row. */
const column = (page: Page, name: string) => rows(page).locator(`[data-label="${name}"]`).allTextContents()

test('filters by status', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful$/)
  await settled(page)
  const outcomes = await column(page, 'Outcome')
  expect(outcomes).toHaveLength(50)
  expect(outcomes).not.toContain('Connected')
  await page.getByText('All', { exact: true }).click()
  await expect(page).toHaveURL(/\?status=all$/)
  await settled(page)
  expect(new Set(await column(page, 'Outcome')).size).toBeGreaterThan(1)
})

test('filters by people: suggested, typed, several, refused, taken away', async ({ page, server }) => {
  await openEngagements(page, server)
  const field = page.getByRole('combobox', { name: 'User’s email' })
  // At once, as a person types: no key is lost while the suggestions' code is on its way.
  await page.getByLabel('User’s email').click()
  await page.keyboard.type('ana.r')
  await expect(field).toHaveValue('ana.r')
  await expect(page.getByRole('option', { name: 'ana.ruiz@premier.example' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('option', { name: 'ana.ruiz@premier.example' }).click()
  await expect(page).toHaveURL(/\?user=ana\.ruiz@premier\.example$/)
  await settled(page)
  for (const text of await column(page, 'Associate')) expect(text).toMatch(/ana\.ruiz@premier\.example|\+1/)

  // The same by keyboard; Escape closes the list and keeps what was typed.
  const suggestions = page.getByRole('listbox', { name: 'Emails seen' }).getByRole('option')
  await field.pressSequentially('tom.b')
  await expect(suggestions).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(suggestions).toHaveCount(0)
  await expect(field).toHaveValue('tom.b')
  await field.pressSequentially('a')
  await expect(suggestions).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/user=tom\.baker@premier\.example$/)
  await page.getByRole('button', { name: 'Remove filter tom.baker@premier.example' }).click()

  // Several at once, as a list of them is pasted: all of them, or none.
  await field.fill('Tom.Baker@premier.example, nobody')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('“nobody” is not an email address')
  await expectAccessible(page)

  await field.fill('Tom.Baker@premier.example; ana.ruiz@premier.example ')
  await field.press('Enter')
  await expect(page).toHaveURL(/user=ana\.ruiz@premier\.example&user=tom\.baker@premier\.example$/)
  await settled(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'with ana.ruiz@premier.example or tom.baker@premier.example',
  )
  await page.getByRole('button', { name: 'Remove filter ana.ruiz@premier.example' }).click()
  await expect(page).toHaveURL(/\?user=tom\.baker@premier\.example$/)
})

test('takes no focus back that went on while the suggestions came', async ({ page, server }) => {
  for (const first of [0, 1]) {
    await openEngagements(page, server)
    const taken = await page.evaluate(async (first) => {
      const parts = [document.querySelector('[data-first-filter]'), document.querySelector('main')]
      const [plain] = parts
      const turn = () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = resolve
          port2.postMessage(undefined)
        })
      // From turn to turn elsewhere, so that the field has the focus when they come, and not any more when they are shown.
      let last: Element | null | undefined
      for (let n = 0; plain?.isConnected; n++) {
        last = parts[(first + n) % 2]
        if (last instanceof HTMLElement) last.focus()
        await turn()
      }
      await turn()
      return last !== plain && document.activeElement !== last
    }, first)
    expect(taken).toBe(false)
  }
})

test('keeps the suggestion that was chosen by keys when a pointer passes, and when they are told anew', async ({
  page,
  server,
}) => {
  await openEngagements(page, server)
  await page.getByLabel('User’s email').click()
  await page.keyboard.type('tom.b')
  const suggestions = page.getByRole('listbox', { name: 'Emails seen' }).getByRole('option')
  await expect(suggestions).toHaveCount(1)
  const told = Promise.withResolvers<void>()
  await page.route(/startsWith=tom\.ba$/, async (route) => {
    await told.promise
    await route.continue()
  })
  // Each has a time of its own, so that a failure tells which one it was.
  const answer = page.waitForResponse(/startsWith=tom\.ba$/, { timeout: 20_000 })
  await page.keyboard.press('a')
  await page.keyboard.press('ArrowDown')
  await expect(suggestions).toHaveAttribute('data-highlighted')
  await suggestions.hover({ timeout: 10_000 })
  await page.mouse.move(5, 5)
  told.resolve()
  await (await answer).finished()
  // Painted with what came.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/user=tom\.baker@premier\.example$/)
})

test('filters by start, with a preset and with days', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.getByRole('button', { name: /^Started Any time/ }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Yesterday' }).click()
  await expect(page).toHaveURL(/\?range=yesterday$/)
  await settled(page)
  const yesterday = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
  }).format(Date.now() - 86_400_000)
  for (const text of await column(page, 'Started')) expect(text.startsWith(yesterday)).toBe(true)

  await page
    .getByRole('button', { name: /^Started/ })
    .first()
    .click()
  const dialog = page.getByRole('dialog', { name: 'Started: range' })
  await dialog.getByRole('group', { name: 'From' }).getByLabel('Day').fill('02/03/2026')
  await dialog.getByRole('group', { name: 'To' }).getByLabel('Day').fill('1.3.2026')
  const before = page.url()
  await dialog.getByRole('button', { name: 'Apply' }).click()
  await expect(dialog.getByText(/before/)).toBeVisible()
  expect(page.url()).toBe(before)
  await expectAccessible(page)
  await dialog.getByRole('group', { name: 'To' }).getByLabel('Day').fill('2026-03-03')
  await dialog.getByRole('button', { name: 'Apply' }).click()
  // The day's edges are those of Berlin, sent as UTC.
  await expect(page).toHaveURL(/startAfter=2026-03-01T23:00:00Z&startBefore=2026-03-03T22:59:59\.999Z/)
})

test('filters by end, and says what that leaves out', async ({ page, server }) => {
  await openEngagements(page, server)
  await page.getByRole('button', { name: /^Ended Any time/ }).click()
  await expect(page.getByRole('dialog', { name: 'Ended: range' })).toContainText(/still open/)
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/\?endAfter=/)
  await settled(page)
  expect(await column(page, 'Duration')).not.toContain('still open')
  await page.getByRole('button', { name: 'Reset' }).click()
  await expect(page).toHaveURL(/\/engagements$/)
})

test('an empty result keeps the filters and offers ways out of it', async ({ page, server }) => {
  await openEngagements(page, server, '?user=nobody@premier.example&status=unsuccessful')
  await expect(page.getByText('No engagement matches all of this')).toBeVisible()
  await expectAccessible(page)
  await expect(page.getByRole('search', { name: 'Filters' })).toBeVisible()
  await page.getByRole('button', { name: 'Without “nobody@premier.example”' }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful$/)
  await expect(rows(page)).toHaveCount(50)
})
