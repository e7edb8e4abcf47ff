import type { Page } from '@playwright/test'
import type { EngagementListV1 } from '../src/contract/model/engagement.ts'
import { lanes, player } from './player.ts'
import type { Server } from './server.ts'
import { expect, expectAccessible, openEngagements, settled, test } from './test.ts'

const note = (page: Page) => page.getByRole('status').filter({ hasText: /recordings|no next one|looked for/ })
const paused = async (page: Page) => (await lanes(page)).every((lane) => lane.paused)
// Pages that were turned to have the moment of the one before.
const expectAt = (page: Page, place = '') =>
  expect(page).toHaveURL((url) => url.search.replace(/asOf=[^&]+&/, '') === place)

const limit = 2
const hourMs = 3_600_000

/**
 * Signs in, and asks the API itself where the recorded calls of the last hour are in the list that ends with the oldest of
 * them, newest first in pages of two.
 * @returns their addresses in the list's order
 */
async function findRecorded(page: Page, server: Server): Promise<readonly string[]> {
  await openEngagements(page, server, `?limit=${limit}`)
  const answer = await page.request.get(`${server.origin}/v1/engagements/${server.tenant}?limit=100`)
  const { engagements }: EngagementListV1 = await answer.json()
  const recorded = engagements.flatMap(({ id, startDate = '', recordings = [] }, row) =>
    recordings.length > 0 ? [{ id, startDate, row }] : [],
  )
  const newestMs = Date.parse(recorded[0]?.startDate ?? '')
  const recent = recorded.filter(({ startDate }) => newestMs - Date.parse(startDate) < hourMs)
  const pages = new Set(recent.map(({ row }) => Math.floor(row / limit)))
  expect(pages.size, 'pages with recorded calls').toBeGreaterThan(2)
  return recent.map(({ id, row }) => {
    const offset = row - (row % limit)
    const paging = `limit=${limit}${offset === 0 ? '' : `&offset=${offset}`}`
    return `?startAfter=${recent.at(-1)?.startDate}&${paging}&open=${id}&rec=1`
  })
}

async function openInPlayer(page: Page, server: Server, place = ''): Promise<void> {
  await page.goto(`${server.origin}/${server.tenant}/engagements${place}&t=3`)
  await settled(page)
  await expect(player(page)).toBeVisible()
}

test('Shift+N goes from recording to recording inside the filter, over page edges, to the end', async ({
  page,
  server,
}) => {
  const places = (await findRecorded(page, server)).slice(-4)
  await openInPlayer(page, server, places[0])
  for (const place of places.slice(1)) {
    await page.keyboard.press('Shift+N')
    await expectAt(page, place)
    await settled(page)
  }
  await expect(page.getByRole('button', { name: /^In the player: 2 recordings of/ })).toBeVisible()
  expect(await paused(page)).toBe(true)
  await page.keyboard.press('Shift+N')
  await expect(note(page)).toHaveText('No engagement with recordings comes after this one in the list.')
  await page.getByRole('button', { name: 'Dismiss this note' }).click()
  await expect(note(page)).toHaveCount(0)
})

test('Shift+P goes back through the recordings, and Back to where one came from', async ({
  page,
  server,
}) => {
  const places = (await findRecorded(page, server)).slice(0, 4).toReversed()
  await openInPlayer(page, server, places[0])
  for (const place of places.slice(1)) {
    await page.keyboard.press('Shift+P')
    await expectAt(page, place)
    await settled(page)
  }
  await page.keyboard.press('Shift+P')
  await expect(note(page)).toHaveText('No engagement with recordings comes before this one in the list.')
  await page.goBack()
  await expectAt(page, places.at(-2))
  await expect(note(page)).toHaveCount(0)
})

test('an engagement that is not on the page has no neighbours, and says so', async ({ page, server }) => {
  const place = '?limit=2&sort=oldest&open=recorded-lost-card-abroad&rec=1'
  await openEngagements(page, server, place)
  await expect(player(page)).toBeVisible()
  await page.keyboard.press('Shift+N')
  await expect(note(page)).toHaveText(
    'This engagement is not on this page of the list, so it has no next one.',
  )
  await expectAccessible(page)
  await expectAt(page, place)

  await openEngagements(page, server, '?limit=2&open=open-1&rec=1')
  await expect(player(page)).toContainText('This engagement has no recordings.')
})

test('says what went wrong when the way cannot be looked for', async ({
  page,
  ownServer,
  expectedErrors,
}) => {
  expectedErrors.push(/net::ERR_/)
  const places = await findRecorded(page, ownServer)
  const pageOf = (place: string) => new URLSearchParams(place).get('offset')
  const atEdge = places.findIndex((place, index) => pageOf(place) !== pageOf(places[index + 1] ?? place))
  await openInPlayer(page, ownServer, places[atEdge])
  await ownServer.stop()
  await page.keyboard.press('Shift+N')
  await expect(note(page)).toContainText('could not be looked for. The server cannot be reached.')
  await ownServer.start()
  await page.keyboard.press('Shift+N')
  await expectAt(page, places[atEdge + 1])
})
