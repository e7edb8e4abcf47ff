import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { player } from './player.ts'
import { hindsight, type Server } from './server.ts'
import { expect, openEngagements, rows, test } from './test.ts'

const megabyte = 1_000_000
const spoken = 'src/server/demo/media/lost-card-abroad.customer.webm'
const rightToLeft = 'יעל.כהן@דוגמה.example'

/** An engagement whose texts are longer than anybody reads, or one whose names are written from right to left. */
async function importOdd({ dataDir, tenant }: Server, which: 'long' | 'right'): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hindsight-e2e-odd-'))
  await copyFile(spoken, path.join(folder, 'spoken.webm'))
  const long = (begin: string) => begin.padEnd(megabyte, ' word')
  const startDate = new Date(Date.now() - 60_000).toISOString()
  const odd = (id: string, uri: string) => ({
    id,
    startDate,
    endDate: startDate,
    duration: 40,
    users: [
      { uri, association: 'CREATOR' },
      { uri: 'second@new.example', association: 'CREATOR' },
      { uri: 'odd@new.example', association: 'MEMBER' },
    ],
    recordings: [{ uri: 'spoken.webm', user: uri, created: startDate, duration: 40, contents: 'AUDIO' }],
  })
  const engagements = {
    long: () => ({
      ...odd('long', `customer${'x'.repeat(megabyte)}@new.example`),
      status: long('parked'),
      releaseState: long('held'),
      assignedTeam: long('Cards'),
      reason: long('Because'),
      context: JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`fact ${n}`, n]))),
    }),
    right: () => ({ ...odd('right', rightToLeft), status: 'successful', assignedTeam: 'צוות א׳' }),
  }
  const command = ['import', '-', '--tenant', tenant, '--recordings', folder]
  expect(await hindsight(command, dataDir, JSON.stringify(engagements[which]()))).toContain('1 new')
  await rm(folder, { recursive: true })
}

test('texts of a megabyte leave table, detail, player, copies and export usable', async ({
  page,
  ownServer,
  context,
}) => {
  // Half a dozen megabytes, several times over.
  test.slow()
  await importOdd(ownServer, 'long')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openEngagements(page, ownServer, '?status=all&user=odd@new.example')
  await expect(rows(page)).toHaveCount(1)
  const row = rows(page).filter({ hasText: 'customerx' })
  const usable = async () => {
    // Nothing that is drawn is long, and nothing runs out of the page.
    expect(await page.evaluate(() => document.body.textContent.length)).toBeLessThan(60_000)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440)
  }
  await usable()
  expect((await row.boundingBox())?.height).toBeLessThan(90)

  await row.getByRole('button', { name: /^Details of/ }).click()
  await expect(page.getByRole('heading', { name: 'Facts' })).toBeVisible()
  await usable()
  const reason = page.getByRole('definition').filter({ hasText: /^Because/ })
  await reason.getByRole('button', { name: 'Copy all 1,000,000 characters' }).click()
  await expect(reason.getByRole('button', { name: 'Copied' })).toBeVisible()
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  expect((await clipboard()).length).toBe(megabyte)

  await row.getByRole('button', { name: /^Play 1 recording/ }).click()
  await expect(player(page).getByRole('button', { name: 'Pause' })).toBeVisible()
  await usable()
  await player(page).getByRole('button', { name: 'Close the player' }).click()

  await row.getByRole('checkbox').check()
  const bar = page.getByRole('region', { name: 'Selected rows' })
  await bar.getByRole('button', { name: 'Copy rows as text' }).click()
  await expect(bar.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect((await clipboard()).length).toBeGreaterThan(4 * megabyte)

  await page.getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  const exported = await readFile(await (await downloading).path(), 'utf8')
  expect(exported).toContain('word word word')
  expect(exported.length).toBeGreaterThan(5 * megabyte)
})

test('names from right to left leave what stands beside them in its place', async ({ page, ownServer }) => {
  await importOdd(ownServer, 'right')
  await openEngagements(page, ownServer, '?status=all&user=odd@new.example')
  const row = rows(page).filter({ hasText: rightToLeft })
  const customer = row.locator('[data-label="Customer"]')
  const left = async (text: string) => (await customer.getByText(text).last().boundingBox())?.x ?? 0
  // "name +1", not "+1 name".
  expect(await left('+1')).toBeGreaterThan(await left(rightToLeft))
  await row.getByRole('button', { name: /^Play 1 recording/ }).click()
  const who = player(page).getByText('צוות א׳')
  const name = player(page).getByText('יעל.כהן').first()
  await expect(who).toBeVisible()
  // The customer, those who talked with them, the team: in this order, from the left.
  expect((await who.boundingBox())?.x).toBeGreaterThan((await name.boundingBox())?.x ?? 0)
  const second = player(page).getByText('second', { exact: true })
  expect((await second.boundingBox())?.x).toBeGreaterThan((await name.boundingBox())?.x ?? 0)
})
