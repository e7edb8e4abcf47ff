/** The page in German, in other locales, and the switch between its languages. */
import type { Page } from '@playwright/test'
import type { Server } from './server.ts'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const heading = (page: Page) => page.getByRole('heading', { level: 1 })

async function signInInGerman(page: Page, { email, password }: Server): Promise<void> {
  await page.getByLabel('E-Mail', { exact: true }).fill(email)
  await page.getByLabel('Passwort', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
}

/** By the Tab key alone. */
async function tabToSelect(page: Page, label: string): Promise<void> {
  const wanted = page.getByRole('combobox', { name: label, exact: true })
  const reached = () => wanted.evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 12 && !(await reached()); presses++) await page.keyboard.press('Tab')
  await expect(wanted).toBeFocused()
}

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' })

  test('a supervisor signs in, filters, opens a row and signs out in German', async ({ page, server }) => {
    await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
    await expect(heading(page)).toHaveText(`Anmelden, um ${server.tenant} zu sehen`)
    await expect(page).toHaveTitle(`Anmelden · ${server.tenant} · Hindsight`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await expect(page.getByText('Geben Sie Ihr Passwort an.')).toBeVisible()
    await expectAccessible(page)
    await signInInGerman(page, server)

    await expect(heading(page)).toHaveText('Erfolgreiche Gespräche, neueste zuerst')
    await expect(page.getByRole('columnheader', { name: /^Begonnen \(MES?Z\)/ })).toBeVisible()
    await expect(page.getByText(/^1–10 von [\d.]+$/)).toBeVisible()
    const started = page.getByRole('row').locator('time').first()
    await expect(started).toHaveText(/^\d{1,2}\. \p{L}+\.? \d{4}, \d\d:\d\d:\d\d$/u)

    const filters = page.getByRole('search', { name: 'Filter' })
    await filters.getByRole('radio', { name: 'Erfolglos' }).check({ force: true })
    await filters.getByRole('button', { name: /^Begonnen/ }).click()
    await page.getByRole('button', { name: 'Letzte 90 Tage' }).click()
    await expect(heading(page)).toHaveText(
      'Erfolglose Gespräche, begonnen in den letzten 90 Tagen, neueste zuerst',
    )
    await expect(page).toHaveURL(/\?status=unsuccessful&limit=10&range=90d$/)
    await expectAccessible(page)

    const expander = page.getByRole('row').locator('button[aria-expanded]').first()
    await expander.click()
    await expect(expander).toHaveAttribute('aria-expanded', 'true')
    await expect(page).toHaveURL(/open=/)

    await page.getByRole('button', { name: 'Filter entfernen: Begonnen in den letzten 90 Tagen' }).click()
    await expect(heading(page)).toHaveText('Erfolglose Gespräche, neueste zuerst')

    await page.getByRole('button', { name: 'Abmelden' }).click()
    await expect(heading(page)).toHaveText('Anmelden')
  })

  test('days are typed and chosen as Germans have them', async ({ page, server }) => {
    await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
    await signInInGerman(page, server)
    await page
      .getByRole('button', { name: /^Begonnen/, expanded: false })
      .first()
      .click()
    const editor = page.getByRole('dialog', { name: 'Begonnen: Zeitraum' })
    const from = editor.getByRole('group', { name: 'Von' }).getByLabel('Tag')
    await expect(from).toHaveAttribute('placeholder', 'TT.MM.JJJJ')
    await from.fill('30.2.2026')
    await editor.getByRole('button', { name: 'Anwenden' }).click()
    await expect(editor.getByText('Diesen Tag gibt es nicht')).toBeVisible()
    await from.fill('22.11.2026')

    const heads = editor.getByRole('columnheader', { includeHidden: true })
    await expect(heads).toHaveText(['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'])
    const month = new Intl.DateTimeFormat('de-DE', { month: 'long', year: 'numeric' }).format(new Date())
    await expect(editor.getByRole('grid', { name: month })).toBeVisible()
    await editor.getByRole('button', { name: 'Zum vorigen Monat' }).click()
    await expect(editor.getByRole('grid', { name: month })).toHaveCount(0)
    await expectAccessible(page)
    await editor.getByRole('button', { name: 'Anwenden' }).click()
    await expect(heading(page)).toContainText('begonnen ab 22. Nov. 2026')
  })

  test('nothing runs out of a narrow page', async ({ page, server }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
    await signInInGerman(page, server)
    await expect(page.getByText(/^1–10 von [\d.]+$/)).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await expectAccessible(page)
  })
})

test('the language is switched by keyboard, also before signing in, and kept on this device', async ({
  page,
  server,
}) => {
  await page.goto(`${server.origin}/${server.tenant}/engagements?limit=10`)
  await tabToSelect(page, 'Language')
  await page.keyboard.press('D')
  await expect(page.getByRole('combobox', { name: 'Sprache', exact: true })).toBeFocused()
  await expect(heading(page)).toHaveText(/^Anmelden/)
  await signInInGerman(page, server)
  await expect(heading(page)).toHaveText('Erfolgreiche Gespräche, neueste zuerst')
  await page.reload()
  await expect(heading(page)).toHaveText('Erfolgreiche Gespräche, neueste zuerst')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
})

test('the language is switched in use and back by keyboard, and the focus stays', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=10')
  await tabToSelect(page, 'Language')
  await page.keyboard.press('D')
  await expect(page.getByRole('combobox', { name: 'Sprache', exact: true })).toBeFocused()
  await expect(heading(page)).toHaveText('Erfolgreiche Gespräche, neueste zuerst')
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')

  // To the browser's own, which is English.
  await page.keyboard.press('W')
  const language = page.getByRole('combobox', { name: 'Language', exact: true })
  await expect(language).toBeFocused()
  await expect(language).toHaveValue('browser')
  await settled(page)
  await expect(heading(page)).toHaveText('Successful engagements, newest first')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(rows(page)).toHaveCount(10)
  expect(await page.evaluate(() => localStorage.getItem('hindsight.language'))).toBeNull()
  await expectAccessible(page)

  // Where the choice changes nothing, nothing is drawn anew.
  await page.keyboard.press('E')
  await expect(language).toHaveValue('en')
  await expect(language).toBeFocused()
})

for (const locale of ['ja-JP', 'ar-EG'] as const) {
  test.describe(`in a browser of ${locale}`, () => {
    test.use({ locale })

    test('dates and numbers are as the locale writes them, and the texts English', async ({
      page,
      server,
    }) => {
      await openEngagements(page, server, '?limit=10')
      await expect(heading(page)).toHaveText('Successful engagements, newest first')
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      // The browser's own Intl, as its data may be of another year than ours.
      const started = await rows(page)
        .locator('time')
        .evaluateAll((all) =>
          all.map((time) => ({
            shown: time.textContent,
            expected: new Intl.DateTimeFormat(navigator.language, {
              day: 'numeric',
              month: 'short',
              year: 'numeric',
              hour: '2-digit',
              minute: '2-digit',
              second: '2-digit',
              hourCycle: 'h23',
            }).format(Date.parse(time.getAttribute('datetime') ?? '')),
          })),
        )
      expect(started).toHaveLength(10)
      expect(started.map(({ shown }) => shown)).toEqual(started.map(({ expected }) => expected))
      const [one, ten] = await page.evaluate(() =>
        [1, 10].map((value) => new Intl.NumberFormat(navigator.language).format(value)),
      )
      const apart = (text = '') => (locale === 'ar-EG' ? `\u2068${text}\u2069` : text)
      await expect(page.getByText(`${apart(one)}–${apart(ten)} of`).first()).toBeVisible()

      // The first end of a range stands left of the last in an English line, whatever the digits.
      const from = await page.evaluate(() =>
        new Intl.DateTimeFormat(navigator.language, {
          day: 'numeric',
          month: 'short',
          year: 'numeric',
        }).format(Date.UTC(2026, 0, 5, 12)),
      )
      await page.goto(
        `${server.origin}/${server.tenant}/engagements?startAfter=2026-01-05&startBefore=2026-12-31&tz=UTC&limit=10`,
      )
      await settled(page)
      const range = heading(page).locator('em')
      await expect(range).toContainText(from)
      const places = await range.evaluate((element) => {
        const text = element.firstChild
        const content = text?.textContent ?? ''
        const at = (index: number) => {
          const part = document.createRange()
          if (text === null) return 0
          part.setStart(text, index)
          part.setEnd(text, index + 1)
          return part.getBoundingClientRect().left
        }
        return { dash: at(content.indexOf('–')), first: at(content.search(/\p{N}/u)) }
      })
      expect(places.first).toBeLessThan(places.dash)
      await expectAccessible(page)
    })
  })
}
