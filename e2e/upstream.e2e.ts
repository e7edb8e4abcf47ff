/** The page in front of an upstream: its main tasks, what is left out, and what happens while the upstream is not well. */
import { lanes, player, position } from './player.ts'
import { expect, expectAccessible, openEngagements, rows, settled } from './test.ts'
import { manyRows, test } from './upstream.ts'

const refused = /status of 40[01]/
const down = /status of 50[234]/

test('finds, shares, opens and plays what another Hindsight has', async ({ page, demoFront }) => {
  await openEngagements(page, demoFront, '?limit=10')
  await expect(rows(page)).toHaveCount(10)
  await expect(page.getByText(/^1–10 of [\d,]+$/)).toBeVisible()
  const filters = page.getByRole('search', { name: 'Filters' })
  await expect(filters.getByRole('radio')).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Export' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Random/ })).toHaveCount(0)
  await expect(page.getByRole('region', { name: /^Starts/ })).toHaveCount(0)
  await filters.getByText('Unsuccessful', { exact: true }).click()
  await settled(page)
  await expect(page).toHaveURL(/\?status=unsuccessful&limit=10$/)
  await expect(rows(page)).toHaveCount(10)
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await expect(page).toHaveURL(/\?status=unsuccessful&limit=10&offset=10$/)
  await filters.getByText('Successful', { exact: true }).click()
  await settled(page)

  await page.getByRole('button', { name: 'Share' }).click()
  const sheet = page.getByRole('dialog', { name: 'Share' })
  await expect(sheet.getByRole('group', { name: 'Engagements' }).getByRole('radio')).toHaveCount(1)
  await expect(sheet.getByText(/^The receiver sees/)).toBeVisible()
  await expect(sheet.getByRole('textbox', { name: 'Link' })).not.toHaveValue(/asOf/)
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Close' }).click()

  await rows(page)
    .first()
    .getByRole('button', { name: /^Details of/ })
    .click()
  await expect(page).toHaveURL(/open=/)
  await page.goto(`${demoFront.origin}/${demoFront.tenant}/engagements?limit=25`)
  await settled(page)
  await page
    .getByRole('button', { name: /^Play 2 recordings of/ })
    .first()
    .click()
  await expect.poll(() => position(page)).toBeGreaterThan(1)
  await player(page).getByRole('slider', { name: 'Position' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => position(page)).toBeGreaterThan(6)
  await expectAccessible(page)
})

test('leaves out kindly what the upstream does not have', async ({ page, upstream, front }) => {
  await upstream.tell({ kind: 'rows', rows: manyRows(40) })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await openEngagements(
    page,
    front,
    '?status=all&asOf=2026-11-24T10:00:00Z&limit=10&offset=10&open=somewhere',
  )
  await expect(page.getByRole('status').filter({ hasText: 'Ignored in this link:' })).toContainText(
    'status=all, asOf=2026-11-24T10:00:00Z',
  )
  await expect(page.getByText('the host that has the engagements does not know this')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Engagement opened by this link' })).toContainText(
    'It cannot be looked up by itself here',
  )
  await expect(page.getByText('11–20 of 20+').first()).toBeVisible()
  await expect(page.getByText('Page 2', { exact: true })).toBeVisible()
  await expectAccessible(page)

  // The last page says by itself how many there are.
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await expect(page.getByText('31–32 of 32').first()).toBeVisible()

  await page.getByLabel('User’s email').fill('nobody@x.example')
  await page.keyboard.press('Enter')
  await settled(page)
  const ways = page.getByRole('main').getByRole('listitem')
  await expect(ways.getByRole('button', { name: 'Show the unsuccessful ones instead' })).toBeVisible()
  await expect(ways.getByRole('button', { name: 'Without “nobody@x.example”', exact: true })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Views' }).click()
  const views = page.getByRole('dialog', { name: 'Views' })
  await expect(views.getByLabel('Save what is shown as a new view')).toBeFocused()
  await expect(views.getByRole('radio')).toHaveCount(0)
  await expect(views.getByText('For everybody in T')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(views).toHaveCount(0)
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'What to do' })
  await expect(palette).toBeVisible()
  await page.keyboard.type('export')
  await expect(palette.getByRole('combobox')).toHaveValue('export')
  await expect(palette.getByRole('option', { name: /^Export/ })).toHaveCount(0)
  expect(asked.filter((address) => /^\/v1\/.*(count|users|views|histogram|somewhere)/.test(address))).toEqual(
    [],
  )
})

test('leaves out what turns out later not to be there', async ({ page, upstream, front, expectedErrors }) => {
  expectedErrors.push(/status of 501/)
  await upstream.tell({ kind: 'rows', rows: manyRows(40) })
  // Whoever signs in does not wait for the answer that there are no counts.
  await upstream.tell({ kind: 'weather', weather: { kind: 'slow', ms: 3000 }, path: '/count/' })
  const counted = page.waitForResponse(/\/v1\/engagements\/count\//)
  await openEngagements(page, front, '?limit=10')
  expect((await counted).status()).toBe(501)
  await expect(page.getByText('1–10 of 10+').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Not counted, retry' })).toHaveCount(0)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await expect(page.getByText('1–8 of 8').first()).toBeVisible()
})

test('asks for the password in the middle of a recording, and plays on from there', async ({
  page,
  upstream,
  front,
  expectedErrors,
}) => {
  expectedErrors.push(refused)
  await upstream.tell({ kind: 'rows', rows: manyRows(12) })
  await upstream.tell({ kind: 'silence', path: '/media/long.wav', seconds: 9000 })
  await openEngagements(page, front, '?limit=10')
  await rows(page).nth(1).getByRole('checkbox').check()
  await page.getByRole('button', { name: /^Play/ }).first().click()
  await expect.poll(() => position(page)).toBeGreaterThan(0.5)
  const address = page.url()

  await upstream.tell({ kind: 'expire' })
  const slider = player(page).getByRole('slider', { name: 'Position' })
  await slider.fill('7200')
  const dialog = page.getByRole('dialog', { name: 'Your session ended' })
  await expect(dialog).toBeVisible()
  await expect(dialog.getByLabel('Email')).toHaveValue(front.email)
  await expect(dialog.getByLabel('Email')).not.toBeEditable()
  await expect(dialog.getByLabel('Password')).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.type(front.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect.poll(async () => (await lanes(page))[0]?.paused).toBe(false)
  await expect.poll(() => position(page)).toBeGreaterThan(7200.5)
  expect(await position(page)).toBeLessThan(7260)
  expect(page.url()).toBe(address)
  await expect(rows(page)).toHaveCount(10)
  await expect(rows(page).nth(1).getByRole('checkbox')).toBeChecked()
})

test('says that a sign-in will end, and takes the password before and after', async ({
  page,
  upstream,
  front,
}) => {
  await upstream.tell({ kind: 'rows', rows: manyRows(12) })
  await upstream.tell({ kind: 'expires-in', seconds: 5 })
  await openEngagements(page, front, '?status=unsuccessful&limit=10')
  const notice = page.getByRole('status').filter({ hasText: /^Your sign-in ends at \d\d:\d\d:\d\d\./ })
  await expect(notice).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Your session ended' })
  await expect(dialog).toBeVisible({ timeout: 10_000 })
  await expect(notice).toHaveCount(0)
  // Less than five minutes.
  await upstream.tell({ kind: 'expires-in', seconds: 200 })
  await dialog.getByLabel('Password').fill(front.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)

  await notice.getByRole('button', { name: 'Give the password now' }).click()
  const before = page.getByRole('dialog', { name: 'Go on without a break' })
  await expect(before.getByLabel('Password')).toBeFocused()
  await expectAccessible(page)
  await upstream.tell({ kind: 'expires-in', seconds: 1200 })
  await page.keyboard.type(front.password)
  await page.keyboard.press('Enter')
  await expect(before).toHaveCount(0)
  await expect(notice).toHaveCount(0)
  await expect(page).toHaveURL(/\?status=unsuccessful&limit=10$/)
  await expect(rows(page)).toHaveCount(2)
})

test('keeps the last rows while the upstream is down, and comes back by itself', async ({
  page,
  upstream,
  front,
  expectedErrors,
}) => {
  expectedErrors.push(down)
  await upstream.tell({ kind: 'rows', rows: manyRows(40) })
  await page.clock.install()
  await openEngagements(page, front, '?limit=10')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('Page 2', { exact: true })).toBeVisible()
  await settled(page)

  await upstream.tell({ kind: 'weather', weather: { kind: 'reset' } })
  // Rows as old as these are asked for again when they are come back to.
  await page.clock.fastForward(31_000)
  await page.getByRole('button', { name: 'Previous' }).click()
  const alert = page.getByRole('main').getByRole('alert')
  await expect(alert).toContainText(/^These rows are as of \d+ \w+ \d{4} \d\d:\d\d\. The host/)
  await expect(alert).toContainText('The page tries again by itself.')
  await expect(rows(page)).toHaveCount(10)
  await expectAccessible(page)

  await page.getByText('Unsuccessful', { exact: true }).click()
  await expect(alert).toContainText('The engagements could not be loaded')
  await expect(alert).toContainText('The page tries again by itself.')
  await expect(rows(page)).toHaveCount(0)
  await expectAccessible(page)

  await upstream.tell({ kind: 'weather', weather: { kind: 'fair' } })
  await expect(rows(page)).toHaveCount(8, { timeout: 20_000 })
  await expect(alert).toHaveCount(0)
})

test('reads an odd dialect, and tells which rows it cannot', async ({ page, upstream, front }) => {
  await upstream.tell({ kind: 'rows', rows: manyRows(12) })
  await upstream.tell({ kind: 'count', known: true })
  await upstream.tell({
    kind: 'dialect',
    name: 'epochSeconds',
    spoilt: { 'call 3': { startDate: 'tea time' } },
  })
  await openEngagements(page, front, '?limit=5&tz=UTC')
  await expect(rows(page)).toHaveCount(4)
  await expect(rows(page).first()).toContainText('22 Nov 2026 14:16:40')
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(
    'Some rows could not be read and are not shown: row 3 (startDate)',
  )
  await expect(page.getByText('1–5 of 10').first()).toBeVisible()
  await expectAccessible(page)

  await upstream.tell({ kind: 'dialect', name: 'capitalNames', spoilt: { 'call 12': { Duration: 'long' } } })
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('row 5 (duration)')
  await expect(page.getByText('6–10 of 10').first()).toBeVisible()
})

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' })

  test('says all of it in German', async ({ page, upstream, front, expectedErrors }) => {
    expectedErrors.push(down)
    await upstream.tell({ kind: 'rows', rows: manyRows(12) })
    await upstream.tell({ kind: 'expires-in', seconds: 200 })
    await page.goto(`${front.origin}/${front.tenant}/engagements?status=all&limit=5&open=irgendwo`)
    await page.getByLabel('E-Mail', { exact: true }).fill(front.email)
    await page.getByLabel('Passwort', { exact: true }).fill(front.password)
    await page.getByRole('button', { name: 'Anmelden' }).click()
    await expect(rows(page).or(page.getByRole('row'))).not.toHaveCount(0)
    await expect(page.getByText('status: Der Server mit den Gesprächen kennt das nicht')).toBeVisible()
    await expect(page.getByText(/^Es lässt sich hier nicht einzeln abrufen/)).toBeVisible()
    await page.getByRole('button', { name: 'Passwort jetzt eingeben' }).click()
    const dialog = page.getByRole('dialog', { name: 'Ohne Unterbrechung weitermachen' })
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Später' }).click()
    await expect(dialog).toHaveCount(0)
    await upstream.tell({ kind: 'weather', weather: { kind: 'status', status: 500 } })
    await page.getByText('Erfolglos', { exact: true }).click()
    await expect(page.getByRole('alert')).toContainText('Die Seite versucht es von selbst erneut.')
    await expectAccessible(page)
  })
})
