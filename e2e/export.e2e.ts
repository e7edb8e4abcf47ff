import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { hindsight, type Server } from './server.ts'
import { expect, expectAccessible, openEngagements, test } from './test.ts'

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Export' })

async function openExport(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Export' }).click()
  return dialogOf(page)
}

async function saved(download: Download): Promise<{ name: string; text: string }> {
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Engagements so large that their export takes a while. */
async function importLarge({ dataDir, tenant }: Server): Promise<void> {
  const lines = Array.from({ length: 12 }, (_, n) =>
    JSON.stringify({
      id: `large ${n}`,
      status: 'parked',
      users: [{ uri: 'large@new.example' }],
      reason: 'x'.repeat(500_000),
    }),
  )
  expect(await hindsight(['import', '-', '--tenant', tenant], dataDir, lines.join('\n'))).toContain('12 new')
}

/** From now on the page’s answers come slowly. */
async function slowDown(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: 1_000_000,
    uploadThroughput: -1,
  })
}

const large = '?status=all&user=large@new.example&limit=1'

test('the applied query is exported as CSV, in the columns and the zone chosen', async ({ page, server }) => {
  await openEngagements(page, server, '?status=unsuccessful&limit=10&sort=oldest&tz=America/New_York')
  const dialog = await openExport(page)
  await expect(dialog).toContainText('Unsuccessful engagements, oldest first')
  await expect(dialog).toContainText('America/New_York')
  await expectAccessible(page)
  await dialog.getByLabel('Context').uncheck()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const { name, text } = await saved(await downloading)
  expect(name).toMatch(/^PremierTenant_any-time_as-of-\d{4}-\d\d-\d\dT[\d.]+-0[45]00\.csv$/)
  await expect(dialog.getByRole('status')).toContainText(`Saved as ${name}`)
  await expectAccessible(page)

  const lines: string[][] = parse(text, { bom: true, relaxColumnCount: true })
  const about = Object.fromEntries(lines.filter(([first]) => first?.startsWith('# ')))
  expect(about['# Filters']).toBe('status=unsuccessful')
  const [names = [], ...rows] = lines.slice(Object.keys(about).length)
  expect(names).toContain('Started')
  expect(names).not.toContain('Context')
  expect(rows.length).toBe(Number(about['# Rows']))
  expect(rows.length).toBeGreaterThan(100)
  expect(new Set(rows.map((row) => row[names.indexOf('Status')]))).toEqual(new Set(['unsuccessful']))
  const starts = rows.map(([started = '']) => started)
  for (const started of starts) expect(started).toMatch(/-0[45]:00$/)
  expect(starts.map(Date.parse)).toEqual(starts.map(Date.parse).toSorted((a, b) => a - b))
  await expect(dialog.getByRole('status')).toContainText(
    `${new Intl.NumberFormat('en').format(rows.length)} of ${new Intl.NumberFormat('en').format(rows.length)} rows`,
  )

  // The link in it leads to the same engagements, also for whoever opens it later.
  await page.goto(about['# Link'] ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Unsuccessful engagements, as of')
})

test('a workbook is saved by keyboard alone', async ({ page, server }) => {
  await openEngagements(page, server, '?limit=10')
  await page.getByRole('button', { name: 'Export' }).press('Enter')
  const dialog = dialogOf(page)
  await dialog.getByRole('radio', { name: 'CSV' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('radio', { name: 'XLSX' })).toBeChecked()
  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).press('Enter')
  const { name, text } = await saved(await downloading)
  expect(name).toMatch(/\.xlsx$/)
  expect(text.slice(0, 2)).toBe('PK')
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused()
})

test('an export that is cancelled is offered as a part, and says so', async ({ page, ownServer }) => {
  await importLarge(ownServer)
  await openEngagements(page, ownServer, large)
  const dialog = await openExport(page)
  await slowDown(page)
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog).toContainText(/[1-9]\d* of 12 rows/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('The export was cancelled.')
  await expect(alert).toContainText(/\d+ of 12 rows came/)
  await expectAccessible(page)
  const downloading = page.waitForEvent('download')
  await alert.getByRole('button', { name: /^Save what came as .*-partial\.csv$/ }).click()
  const { name, text } = await saved(await downloading)
  expect(name).toMatch(/^PremierTenant_.*-partial\.csv$/)
  expect(text).toContain('large@new.example')
})

test('a server that dies in the middle leaves no file that looks whole', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INCOMPLETE_CHUNKED_ENCODING/, /ERR_CONNECTION_RE/, /ERR_EMPTY_RESPONSE/)
  await importLarge(ownServer)
  await openEngagements(page, ownServer, large)
  const downloads: string[] = []
  page.on('download', (download) => downloads.push(download.suggestedFilename()))
  const dialog = await openExport(page)
  await slowDown(page)
  await dialog.getByRole('button', { name: 'Export' }).click()
  await expect(dialog).toContainText(/[1-9]\d* of 12 rows/)
  await ownServer.kill()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('The export is not whole. The connection to the server broke off.', {
    timeout: 20_000,
  })
  await expect(alert.getByRole('button', { name: /-partial\.csv$/ })).toBeVisible()
  expect(downloads).toEqual([])
  await dialog.getByRole('button', { name: 'Export again' }).click()
  await expect(alert).toContainText('Nothing was exported. The server cannot be reached.')
})
