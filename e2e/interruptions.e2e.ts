import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

test('a session that ends asks for the password in place, and goes on where it was', async ({
  page,
  server,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/)
  await openEngagements(page, server, '?limit=10')
  await context.clearCookies()
  await page.getByText('Unsuccessful', { exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Your session ended' })
  await expect(dialog).toBeVisible()
  await expect(dialog.getByLabel('Email')).toHaveValue(server.email)
  await expectAccessible(page)
  // Browsers ask a page only once whether Escape may close its dialog.
  for (let n = 0; n < 3; n++) await page.keyboard.press('Escape')
  await dialog.getByLabel('Password').fill(server.password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await settled(page)
  await expect(page).toHaveURL(/\?status=unsuccessful&limit=10$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Unsuccessful engagements/)
  await expect(rows(page)).toHaveCount(10)
  await expect(rows(page).first().getByText('Connected')).toHaveCount(0)
})

test('a server that stops is told where the rows would be, and Retry works once it is back', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_CONNECTION_REFUSED/, /ERR_CONNECTION_RESET/, /ERR_EMPTY_RESPONSE/, /status of 503/)
  await openEngagements(page, ownServer, '?limit=10')
  await ownServer.stop()
  await page.getByText('Unsuccessful', { exact: true }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('could not be loaded')
  await expectAccessible(page)
  await ownServer.start()
  const held = Promise.withResolvers<void>()
  await page.route(/\/v1\/engagements\//, async (route) => {
    await held.promise
    await route.continue()
  })
  await alert.getByRole('button', { name: 'Retry' }).click()
  await expect(alert).toHaveCSS('opacity', '0.5')
  held.resolve()
  await expect(rows(page)).toHaveCount(10)
  await expect(alert).toHaveCount(0)
})
