import type { Page } from '@playwright/test'
import { expect, openEngagements, rows, test } from './test.ts'

/** What can be pressed, in the open dialog or else on the page, and is too small for a finger or out of the picture. */
function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const dialog = document.querySelector('dialog[open], [role="dialog"]')
    const pressable =
      'button, a[href], input, select, textarea, label:has(input), [role="option"], [role="slider"]'
    return [...(dialog ?? document.body).querySelectorAll(pressable)].flatMap((element) => {
      const { width, height, left, right } = element.getBoundingClientRect()
      const name = element.getAttribute('aria-label') ?? element.textContent
      // A box inside its label is pressed with it; bars of the histogram have the arrow keys and the table.
      const part = element.matches('input') && element.closest('label') !== null
      const bar = element.closest('[role="listbox"]')?.getAttribute('aria-multiselectable') === 'true'
      if (width <= 1 || part || bar) return []
      const small = width < 24 || height < 24
      const out = left < 0 || right > document.documentElement.clientWidth
      return small || out ? [`${name}: ${width} by ${height}, from ${left} to ${right}`] : []
    })
  })
}

test.describe('by touch, on 320 px', () => {
  test.use({ viewport: { width: 320, height: 740 }, hasTouch: true })

  test('every dialog fits, and everything in it can be hit', async ({ page, server }) => {
    // Eight dialogs.
    test.slow()
    await openEngagements(page, server, '?limit=10')
    await rows(page)
      .first()
      .getByRole('button', { name: /^Details of/ })
      .tap()
    await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
    await expect(page.getByRole('listbox', { name: /^Starts by/ })).toBeVisible()
    expect(await misfits(page)).toEqual([])
    const ways: Record<string, () => Promise<void>> = {
      started: () => page.getByRole('button', { name: /^Started Any/ }).tap(),
      ended: () => page.getByRole('button', { name: /^Ended Any/ }).tap(),
      columns: () => page.getByRole('button', { name: 'Columns' }).tap(),
      views: () => page.getByRole('button', { name: /^Views/ }).tap(),
      export: () => page.getByRole('button', { name: 'Export' }).tap(),
      share: () => page.getByRole('button', { name: 'Share' }).tap(),
      keys: () => page.getByRole('button', { name: 'Keys' }).tap(),
      palette: () => page.keyboard.press('Control+k'),
    }
    for (const [name, open] of Object.entries(ways)) {
      await test.step(name, async () => {
        await open()
        await expect(page.getByRole('dialog')).toBeVisible()
        expect(await misfits(page)).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      })
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  })
})

test('in between, actions keep together and every column can be reached', async ({ page, server }) => {
  await openEngagements(page, server, '?user=ana.ruiz@premier.example&range=7d&limit=10')
  // On a desk, a user and a range leave the filters on their one line.
  expect((await page.getByRole('search').boundingBox())?.height).toBe(32)
  await page.setViewportSize({ width: 1280, height: 800 })
  const top = async (name: string | RegExp) =>
    (await page.getByRole('search').getByRole('button', { name }).boundingBox())?.y
  for (const name of ['Columns', /^Views/, 'Export', 'Share'])
    expect(await top(name)).toBe(await top('Reset'))
  await page.setViewportSize({ width: 800, height: 800 })
  const last = page.getByRole('columnheader', { name: 'Recordings' })
  await last.scrollIntoViewIfNeeded()
  const box = await last.boundingBox()
  expect((box?.x ?? 800) + (box?.width ?? 0)).toBeLessThanOrEqual(800)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(800)
})
