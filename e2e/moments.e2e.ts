import type { Page } from '@playwright/test'
import { lanes, player, position } from './player.ts'
import { expect, expectAccessible, openEngagements, rows, test } from './test.ts'

const call = 'open=recorded-lost-card-abroad'
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('a part between A and B plays again and again, and its link opens it in a fresh browser, paused', async ({
  page,
  server,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, `?${call}&rec=1&t=10`)
  await expect.poll(() => position(page)).toBe(10)
  await page.keyboard.press('a')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('b')
  const part = player(page).getByRole('group', { name: 'Part that plays again and again' })
  await expect(part.getByRole('button', { name: /^A ?00:10/ })).toBeVisible()
  await expect(part.getByRole('button', { name: /^B ?00:15/ })).toBeVisible()
  await expectAccessible(page)
  // From B it goes back to A, and on.
  await page.keyboard.press(' ')
  await expect.poll(() => position(page)).toBeLessThan(14)
  await expect.poll(() => position(page)).toBeGreaterThan(11)
  await page.keyboard.press(' ')
  await page.keyboard.press('l')
  await expect(player(page).getByText('Moment copied').first()).toBeVisible()
  const link = await copied(page)
  expect(new URL(link).searchParams.get('span')).toBe('10-15')

  const fresh = await browser.newContext()
  const other = await fresh.newPage()
  await openEngagements(other, server, new URL(link).search)
  await expect(player(other).getByRole('button', { name: /^A ?00:10/ })).toBeVisible()
  const second = Number(new URL(link).searchParams.get('t'))
  await expect.poll(() => position(other)).toBe(second)
  expect((await lanes(other)).map(({ paused }) => paused)).toEqual([true, true])
  await player(other).getByRole('button', { name: 'Clear the marks' }).click()
  await expect(player(other).getByRole('button', { name: /^A ?: mark it here$/ })).toBeVisible()
  await fresh.close()
})

test('goes to a clock time, and says which there are', async ({ page, server }) => {
  await openEngagements(page, server, `?${call}&rec=1&t=3&tz=UTC`)
  await expect.poll(() => position(page)).toBe(3)
  const clock = player(page).getByRole('button', { name: /^Go to a clock time; now/ })
  const shown = (await clock.textContent()) ?? ''
  const [hours = 0, minutes = 0, seconds = 0] = (/\d\d:\d\d:\d\d/.exec(shown)?.[0] ?? '')
    .split(':')
    .map(Number)
  const wanted = new Date(Date.UTC(2000, 0, 1, hours, minutes, seconds + 9)).toISOString().slice(11, 19)
  await page.keyboard.press('g')
  const field = player(page).getByRole('textbox', { name: 'Clock time to go to' })
  await expect(field).toBeFocused()
  await field.fill('noon')
  await page.keyboard.press('Enter')
  await expect(player(page).getByRole('alert')).toContainText('This engagement runs from')
  await expectAccessible(page)
  await field.fill(wanted)
  await page.keyboard.press('Enter')
  await expect.poll(() => position(page)).toBeCloseTo(12, 0)
  // The field is gone, and Space plays from there.
  await expect(player(page)).toBeFocused()

  const row = rows(page)
    .first()
    .getByRole('button', { name: /^Details of/ })
  await row.focus()
  await page.keyboard.press('g')
  await expect(field).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(row).toBeFocused()
})

test('a hand-over text tells when, who and where', async ({ page, server, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, server, `?${call}&rec=1&t=7`)
  await expect.poll(() => position(page)).toBe(7)
  await player(page)
    .getByRole('button', { name: /^Copy a hand-over text/ })
    .click()
  await expect(player(page).getByText('Hand-over text copied')).toBeAttached()
  const text = await copied(page)
  expect(text).toContain('Engagement: recorded-lost-card-abroad')
  expect(text).toMatch(/^Customer: finn\.nguyen19@/m)
  expect(text).toMatch(/^At: \d\d:\d\d:\d\d CES?T \(00:07 of 00:4\d\)$/m)
  expect(text.split('\n').at(-1)).toBe(page.url())
})

test('this device remembers place, speed and mix, and the row how much was heard', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, `?${call}`)
  const pill = page.getByRole('button', { name: /2 recordings of .*finn/ })
  await pill.click()
  await expect.poll(() => position(page)).toBeGreaterThan(3)
  await player(page).getByLabel('Speed').selectOption('1.5')
  await page.keyboard.press('2')
  await page.keyboard.press('m')
  await player(page).getByRole('button', { name: 'Pause 2 recordings' }).click()
  const at = await position(page)
  await player(page).getByRole('button', { name: 'Close the player' }).click()
  await expect(pill).toHaveAccessibleDescription(/^heard /i)

  await page.reload()
  await page.goto(`${server.origin}/${server.tenant}/engagements?${call}&rec=1`)
  await expect.poll(() => position(page)).toBeCloseTo(at, 0)
  await expect(player(page).getByLabel('Speed')).toHaveValue('1.5')
  expect((await lanes(page)).map(({ volume, paused }) => [volume, paused])).toEqual([
    [1, true],
    [0, true],
  ])
})

test('plays the next one by itself only where that was asked for', async ({ page, server }) => {
  await openEngagements(page, server, `?${call}&rec=1&t=38`)
  const play = player(page).getByRole('button', { name: 'Play 2 recordings' })
  await play.click()
  await expect.poll(() => position(page)).toBeGreaterThan(41)
  await expect(play).toBeVisible()
  await expect(page).toHaveURL(/recorded-lost-card-abroad/)
  await player(page).getByRole('checkbox', { name: 'Autoplay next' }).check()
  await player(page).getByRole('slider', { name: 'Position' }).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press(' ')
  await expect(page).not.toHaveURL(/recorded-lost-card-abroad/, { timeout: 15_000 })
  await expect.poll(() => position(page)).toBeGreaterThan(0.5)
})

test('draws who speaks when, and leaves silence out where that is wished', async ({ page, server }) => {
  await openEngagements(page, server, `?${call}&rec=1&t=0`)
  const bars = player(page).locator('[data-lane] svg path')
  await expect.poll(async () => ((await bars.first().getAttribute('d')) ?? '').length).toBeGreaterThan(500)
  const silence = player(page).getByRole('button', { name: 'Skip silence' })
  await expect(silence).toHaveAttribute('aria-pressed', 'false')
  await silence.click()
  await expect(silence).toHaveAttribute('aria-pressed', 'true')
  await expectAccessible(page)
  // Nobody says anything in the first two seconds: they are gone over, and have been heard all the same.
  const skips = page.locator('[data-lane-index="0"]').evaluate(
    (media) =>
      new Promise<number>((resolve) => {
        media.addEventListener('seeking', () => resolve((media as HTMLMediaElement).currentTime), {
          once: true,
        })
      }),
  )
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect.poll(() => position(page)).toBeGreaterThan(4)
  await player(page).getByRole('button', { name: 'Pause 2 recordings' }).click()
  const heard: unknown = await page.evaluate(() => JSON.parse(localStorage.getItem('hindsight.heard') ?? ''))
  expect(await skips).toBeGreaterThan(1)
  const [{ spans }] = heard as [{ spans: [number, number][] }]
  expect(spans.at(0)?.[0]).toBe(0)
  // Where one span ends the next begins, but for the moment that a seek takes.
  const holes = spans.slice(1).map(([from], n) => from - (spans[n]?.[1] ?? 0))
  expect(Math.max(0, ...holes)).toBeLessThan(0.5)
})

test('the system’s own controls know what plays', async ({ page, server }) => {
  await openEngagements(page, server, `?${call}&rec=1&t=3`)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect.poll(() => position(page)).toBeGreaterThan(3.5)
  expect(
    await page.evaluate(() => [navigator.mediaSession.playbackState, navigator.mediaSession.metadata?.title]),
  ).toEqual(['playing', expect.stringContaining('finn')])
  // A headset's button pauses the element that has the system's attention; all lanes follow.
  await page.locator('[data-lane-index="0"]').evaluate((media) => {
    if (media instanceof HTMLMediaElement) media.pause()
  })
  await expect(player(page).getByRole('button', { name: 'Play 2 recordings' })).toBeVisible()
  await expect.poll(async () => (await lanes(page)).map(({ paused }) => paused)).toEqual([true, true])
})
