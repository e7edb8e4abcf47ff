import { readdir, rename, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expectInSync, lanes, player, position } from './player.ts'
import { expect, expectAccessible, openEngagements, rows, test } from './test.ts'

const call = '?open=recorded-lost-card-abroad&rec=1'

test('says in words why a recording cannot be played, lets the others play on, and plays it once it can be', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/)
  const folder = path.join(ownServer.dataDir, 'recordings')
  const away = path.join(ownServer.dataDir, 'away')
  await rename(folder, away)
  await openEngagements(page, ownServer, '?limit=25')
  await page
    .getByRole('button', { name: /^Play 2 recordings of/ })
    .first()
    .click()
  const alerts = player(page).getByRole('alert')
  await expect(alerts).toHaveCount(2, { timeout: 15_000 })
  await expect(alerts.first()).toContainText('This recording is no longer here.')
  await expectAccessible(page)
  await expect(rows(page)).toHaveCount(25)
  await rename(away, folder)
  await player(page)
    .getByRole('button', { name: /^Retry recording 2/ })
    .click()
  await expect(player(page).getByRole('button', { name: /^Recording 2/ })).toBeFocused()
  await expect(alerts).toHaveCount(1)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect.poll(() => position(page)).toBeGreaterThan(3)
  await player(page)
    .getByRole('button', { name: /^Retry recording 1/ })
    .click()
  await expect(alerts).toHaveCount(0)
  await expect.poll(async () => (await lanes(page)).map(({ paused }) => paused)).toEqual([false, false])
})

test('a recording whose bytes are slow to come holds the other, says so, and both go on together', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?limit=25')
  const bytes = Promise.withResolvers<void>()
  let held = 0
  // The server is quick: what is slow is put between.
  await page.route(/\/v1\/recordings\/[^/]+\/[^/]+$/, async (route, request) => {
    if (request.resourceType() === 'media') {
      held += 1
      if (held === 2) await bytes.promise
    }
    await route.continue()
  })
  await page.goto(`${server.origin}/${server.tenant}/engagements${call}&t=9`)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect(
    player(page)
      .getByRole('status')
      .filter({ hasText: /^Waiting for/ }),
  ).toBeVisible()
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([true, true])
  bytes.resolve()
  await expect.poll(() => position(page)).toBeGreaterThan(9.5)
  await expectInSync(page)
})

test('an ended session is told, and after signing in the recording plays', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await openEngagements(page, ownServer, '?limit=25')
  await page.context().clearCookies()
  await page
    .getByRole('button', { name: /^Play 2 recordings of/ })
    .first()
    .click()
  // The page asks for the engagement anew, in case an address has expired, and so learns that the session has.
  await expect(page.getByRole('dialog', { name: 'Your session ended' })).toBeVisible()
  await expect(player(page).getByText('Your session ended. Sign in again to go on.').first()).toBeVisible()
  await page.getByLabel('Password', { exact: true }).fill(ownServer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(player(page).getByRole('alert')).toHaveCount(0)
  await expect.poll(() => position(page)).toBeGreaterThan(0.5)
})

test('without a network it is told, and Retry goes on from the place', async ({
  page,
  server,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/)
  await openEngagements(page, server, call)
  await expect(player(page)).toContainText('finn')
  await context.setOffline(true)
  await page
    .getByRole('button', { name: /^Play 2 recordings of/ })
    .first()
    .click()
  const alerts = player(page).getByRole('alert')
  await expect(alerts).toHaveCount(2, { timeout: 15_000 })
  await expect(alerts.first()).toContainText('The server cannot be reached.')
  await player(page).getByRole('slider', { name: 'Position' }).focus()
  await page.keyboard.press('ArrowRight')
  await context.setOffline(false)
  for (const lane of [1, 2])
    await player(page)
      .getByRole('button', { name: new RegExp(`^Retry recording ${lane}`) })
      .click()
  await expect(alerts).toHaveCount(0)
  await expect.poll(async () => (await lanes(page)).map(({ currentTime }) => currentTime)).toEqual([5, 3])
})

/** The file of the customer's side of that call, by its size. */
async function customerFile(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'recordings')
  for (const name of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, name)
    const { size } = await stat(file)
    if (size === 64_496) return file
  }
  throw new Error('The customer’s recording is not in the folder')
}

test('a damaged recording is told, and does not keep the other from playing', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  // Nor does it have a waveform.
  expectedErrors.push(/status of 422/)
  const file = await customerFile(ownServer.dataDir)
  await writeFile(file, 'no sound at all'.repeat(4000))
  await openEngagements(page, ownServer, call)
  await expect(player(page).getByRole('alert')).toContainText(/cannot play this kind/, { timeout: 15_000 })
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await expect.poll(async () => (await lanes(page)).at(-1)?.currentTime).toBeGreaterThan(0.5)
})

test('a recording that was cut off is played to where it goes, and the player says so', async ({
  page,
  ownServer,
}) => {
  const file = await customerFile(ownServer.dataDir)
  await truncate(file, 30_000)
  await openEngagements(page, ownServer, `${call}&t=10`)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await player(page).getByLabel('Speed').selectOption('3')
  await expect(player(page).getByText(/^Cut off before its end: finn/)).toBeVisible({ timeout: 20_000 })
  await expect.poll(() => position(page)).toBeGreaterThan(30)
})

test('a server that sends from the beginning only is told; loaded whole, the recording goes anywhere', async ({
  page,
  server,
  expectedErrors,
}) => {
  // Whoever reads the recording for its waveform says so too.
  expectedErrors.push(/did not respond to a range request/)
  // Ours knows ranges: the answers of one that does not are put in their place.
  await page.route(/\/v1\/recordings\//, async (route, request) => {
    const { range: _, ...headers } = request.headers()
    const answer = await route.fetch({ headers })
    const { 'accept-ranges': __, ...answered } = answer.headers()
    await route.fulfill({ response: answer, headers: answered })
  })
  await openEngagements(page, server, `${call}&t=20`)
  await expect(player(page).getByRole('alert').first()).toContainText('from its beginning only')
  for (const lane of [1, 2])
    await player(page)
      .getByRole('button', { name: new RegExp(`^Load recording ${lane}, .* whole`) })
      .click()
  await expect(player(page).getByRole('alert')).toHaveCount(0)
  await expect.poll(async () => (await lanes(page)).map(({ currentTime }) => currentTime)).toEqual([20, 18])
})

test('where the player or a dialog cannot be loaded the page stays, and a reload brings it', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED|preload|dynamically imported|PartBoundary/)
  await page.route(/assets\/Player/, (route) => route.abort())
  await openEngagements(page, server, '?limit=25')
  await page
    .getByRole('button', { name: /^Play 2 recordings of/ })
    .first()
    .click()
  await expect(page.getByRole('alert')).toContainText('The player could not be loaded.')
  await expect(rows(page)).toHaveCount(25)
  await expectAccessible(page)
  await page.unroute(/assets\/Player/)
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await expect(player(page)).toBeVisible()

  await page.route(/assets\/ShareSheet/, (route) => route.abort())
  await page.getByRole('button', { name: 'Share' }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('A part of the page could not be loaded.')
  // It hides nothing of the player.
  await alert.getByRole('button').click({ trial: true })
  await player(page).getByRole('slider', { name: 'Position' }).click({ trial: true, timeout: 5000 })
  await expect(rows(page)).toHaveCount(25)

  await page.route(/assets\/EngagementsRoute.*js/, (route) => route.abort())
  await page.reload()
  await expect(alert).toContainText('A part of the page could not be loaded.')
})
