import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expectInSync, lanes, player, position } from './player.ts'
import { hindsight, type Server } from './server.ts'
import { expect, expectAccessible, openEngagements, test } from './test.ts'

const media = fileURLToPath(new URL('../src/server/demo/media', import.meta.url))
const startMs = Date.parse('2026-10-25T00:58:00Z')
const at = (seconds: number) => new Date(startMs + seconds * 1000).toISOString()
const picture = { uri: 'identity-check-by-video.customer.webm', duration: 39, contents: 'AUDIOVIDEO' }
const sound = { uri: 'lost-card-abroad.customer.webm', duration: 40, contents: 'AUDIO' }

/** Imports a call with recordings of our own, and opens it in the player. */
async function openCall(page: Page, server: Server, recordings: readonly object[]): Promise<void> {
  const engagement = {
    id: 'made',
    startDate: at(0),
    duration: 120,
    status: 'successful',
    users: [
      { uri: 'cleo@post.example', association: 'CREATOR' },
      { uri: 'ari@premier.example', association: 'MEMBER' },
    ],
    recordings: recordings.map((recording, index) => ({
      user: ['cleo@post.example', 'ari@premier.example', 'sam@premier.example'][index],
      ...recording,
    })),
  }
  const args = ['import', '-', '--tenant', server.tenant, '--recordings', media]
  expect(await hindsight(args, server.dataDir, `${JSON.stringify(engagement)}\n`)).toContain('1 new')
  await openEngagements(page, server, '?open=made&rec=1')
  await expect(player(page)).toBeVisible()
}

const playheadAt = (page: Page) => expect.poll(() => position(page))

test('where nothing was recorded the clock goes on, and it can be skipped', async ({ page, ownServer }) => {
  // Over the end of summer time: 02:58 comes twice that night.
  await openCall(page, ownServer, [
    { ...sound, created: at(0) },
    { ...sound, uri: 'lost-card-abroad.associate.webm', created: at(100) },
  ])
  const clock = player(page).getByRole('button', { name: /^Go to a clock time; now/ })
  await expect(clock).toContainText('02:58:00 CEST')
  await player(page).getByRole('slider', { name: 'Position' }).fill('60')
  await expect(player(page).getByText('Nothing was recorded until 02:59:40.')).toBeVisible()
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([true, true])
  await expectAccessible(page)
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await playheadAt(page).toBeGreaterThan(61)
  await player(page).getByRole('button', { name: 'Skip it' }).click()
  await playheadAt(page).toBeGreaterThan(100.5)
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([true, false])
  await player(page).getByRole('slider', { name: 'Position' }).fill('125')
  await expect(clock).toContainText('02:00:05 CET')
})

test('recordings that do not say when they were made play one after another, and that is said', async ({
  page,
  ownServer,
}) => {
  await openCall(page, ownServer, [sound, { ...sound, created: at(-3 * 86_400) }])
  await expect(
    player(page).getByText('The recordings do not say when they were made: they play one after another.'),
  ).toBeVisible()
  await player(page).getByRole('slider', { name: 'Position' }).fill('39')
  await player(page).getByRole('button', { name: 'Play 2 recordings' }).click()
  await playheadAt(page).toBeGreaterThan(42)
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([true, false])
})

test('pictures stand side by side and stay in sync with each other and the sound', async ({
  page,
  ownServer,
}) => {
  await openCall(page, ownServer, [
    { ...picture, created: at(0) },
    { ...picture, created: at(1) },
    { ...sound, created: at(0) },
  ])
  const [first, second] = await player(page)
    .getByLabel(/^Picture of/)
    .evaluateAll((videos) => videos.map((video) => video.getBoundingClientRect().toJSON()))
  expect(second.left).toBeGreaterThanOrEqual(first.right)
  expect(second.top).toBe(first.top)
  await player(page).getByRole('button', { name: 'Play 3 recordings' }).click()
  await playheadAt(page).toBeGreaterThan(2)
  await expectInSync(page)
  expect((await lanes(page)).map(({ paused }) => paused)).toEqual([false, false, false])
})
