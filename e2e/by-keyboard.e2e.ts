/** Every task by keyboard alone, from signing in to playing; the focus is never lost, nor hidden behind what sticks. */
import type { Page } from '@playwright/test'
import { expect, rows, settled, test } from './test.ts'

const furthest = 120

/** What a screen reader would call the element that has the focus, about. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    if (at === null || at === document.body) return undefined
    const labelled = at.getAttribute('aria-labelledby')?.split(' ') ?? []
    const labels =
      at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? [...(at.labels ?? [])] : []
    const named = [...labelled.map((id) => document.getElementById(id)), ...labels]
    return [at.getAttribute('aria-label'), ...named.map((label) => label?.textContent), at.textContent]
      .filter((text) => text !== null && text !== undefined && text.trim() !== '')
      .map((text) => text?.trim())
      .at(0)
  })

/** The focus is on something that can be seen, also where the header and the player stand over the page. */
async function expectFocusSeen(page: Page): Promise<void> {
  const state = () =>
    page.evaluate(() => {
      const at = document.activeElement
      if (at === null || at === document.body) return 'lost'
      const shown = at.closest('label') ?? at
      const { left, top, width, height } = shown.getBoundingClientRect()
      const over = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, innerHeight / 2))
      return over !== null && (shown.contains(over) || over.contains(shown))
        ? 'seen'
        : `hidden: ${at.outerHTML}`
    })
  await expect.poll(state).toBe('seen')
}

/** Tab, or with Shift the other way, until the focus is on what is called so. */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let n = 0; n < furthest; n++) {
    await page.keyboard.press(key)
    const at = await focused(page)
    if (at !== undefined && (typeof name === 'string' ? at === name : name.test(at))) {
      await expectFocusSeen(page)
      return
    }
    passed.push(at?.slice(0, 30) ?? '')
  }
  throw new Error(`${name} was not come to by ${key}: ${passed.join(' | ')}`)
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
  await settled(page)
  await expectFocusSeen(page)
}

test('finds: signs in, filters, sorts, turns pages', async ({ page, server }) => {
  await page.goto(`${server.origin}/${server.tenant}/engagements`)
  await tabTo(page, 'Email')
  await page.keyboard.type(server.email)
  await tabTo(page, 'Password')
  await page.keyboard.type(server.password)
  await press(page, 'Enter')

  await press(page, '/')
  await page.keyboard.type('ana.ruiz@premier.example')
  await press(page, 'Enter')
  await expect(page).toHaveURL(/\?user=ana\.ruiz@premier\.example$/)
  await tabTo(page, 'Successful', 'Shift+Tab')
  await press(page, 'ArrowRight', 'ArrowRight')
  await expect(page).toHaveURL(/status=all/)

  await tabTo(page, /^Started ?Any time/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Started: range' })).toBeVisible()
  await tabTo(page, 'Last 30 days')
  await press(page, 'Enter')
  await expect(page).toHaveURL(/range=30d/)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await tabTo(page, /^Sort/)
  await press(page, 'ArrowDown')
  await expect(page).toHaveURL(/sort=oldest/)
  await tabTo(page, /^Remove filter .*ana\.ruiz/)
  await press(page, 'Enter')
  await expect(page).not.toHaveURL(/user=/)

  await tabTo(page, 'Next')
  await press(page, 'Enter')
  await expect(page).toHaveURL(/offset=50/)
  await press(page, 'p')
  await expect(page).not.toHaveURL(/offset=/)
  await tabTo(page, /^Random/)
  await press(page, 'Enter')
  await expect(page).toHaveURL(/sample=10/)
})

test('keeps and takes away: columns, views, export, share, every action by name', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
  await tabTo(page, 'Email')
  await page.keyboard.type(server.email)
  await tabTo(page, 'Password')
  await page.keyboard.type(server.password)
  await press(page, 'Enter')

  // The second one with Caps Lock on.
  await press(page, 'j', 'x', 'J', 'X')
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2)

  for (const [button, dialog] of [
    ['Columns', 'Columns'],
    ['Export', /^Export/],
    ['Share', 'Share'],
  ] as const) {
    await press(page, '/')
    await tabTo(page, button)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
    await expectFocusSeen(page)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    expect(await focused(page)).toBe(button)
  }

  await tabTo(page, 'Views', 'Shift+Tab')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Save what is shown as a new view')
  await page.keyboard.type('Ten of them')
  await page.keyboard.press('Enter')
  await expect(page.getByText('“Ten of them” is saved.')).toBeVisible()
  await expectFocusSeen(page)
  await page.keyboard.press('Escape')
  expect(await focused(page)).toBe('ViewTen of them')

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.type('longest')
  await press(page, 'Enter')
  await expect(page).toHaveURL(/sort=longest/)
})

test('looks and plays: opens a row, plays, seeks, closes', async ({ page, server }) => {
  await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
  await tabTo(page, 'Email')
  await page.keyboard.type(server.email)
  await tabTo(page, 'Password')
  await page.keyboard.type(server.password)
  await press(page, 'Enter')

  await press(page, 'j', 'Enter')
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  await press(page, 'Enter')
  await expect(page).not.toHaveURL(/open=/)
  await tabTo(page, /^Play /)
  await page.keyboard.press('Enter')
  const player = page.getByRole('region', { name: 'Player' })
  await expect(player).toBeVisible()
  await expectFocusSeen(page)
  await expect(player.getByRole('button', { name: /^Pause/ })).toBeVisible()
  await tabTo(page, /^Pause/)
  await press(page, 'Enter', 'ArrowRight')
  await expect(player.getByRole('button', { name: 'Play 2 recordings' })).toBeVisible()
  // What goes away when it was used leaves the focus near.
  await press(page, 'a')
  await tabTo(page, 'Clear the marks')
  await press(page, 'Enter')
  // All the way down, under a player that stands over the end of the page.
  for (let row = 0; row < (await rows(page).count()); row++) await press(page, 'j')
  await tabTo(page, 'Close the player')
  await press(page, 'Enter')
  await expect(player).toHaveCount(0)
})
