import { readFile } from 'node:fs/promises'
import { expect, openEngagements, test } from './test.ts'

test('an export whose session ended asks for the password over it, and goes on', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/401 \(Unauthorized\)/)
  await openEngagements(page, server, '?status=unsuccessful&limit=10')
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByLabel('Context').uncheck()
  await page.context().clearCookies()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const over = page.getByRole('dialog', { name: 'Your session ended' })
  await expect(over).toBeVisible()
  await expect(dialog).toContainText('The export waits for you to sign in again, and goes on then.')
  await over.getByLabel('Password').fill(server.password)
  await over.getByRole('button', { name: 'Sign in' }).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  expect(text).toContain('unsuccessful')
  expect(text.split('\r\n').find((line) => line.startsWith('Started,'))).not.toContain('Context')
  await expect(over).toHaveCount(0)
  await expect(dialog.getByRole('status')).toContainText('Saved as')
})
