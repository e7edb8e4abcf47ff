import type { Page } from '@playwright/test'
import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

const menu = (page: Page) => page.getByRole('dialog', { name: 'Views' })
const opener = (page: Page) => page.getByRole('search').getByRole('button', { name: /^Views?\b/ })

async function openMenu(page: Page): Promise<void> {
  await opener(page).click()
  await expect(menu(page)).toBeVisible()
}

async function saveAs(page: Page, name: string, place: 'This device' | 'Everybody in PremierTenant') {
  await menu(page).getByLabel('Save what is shown as a new view').fill(name)
  await menu(page).getByText(place, { exact: true }).click()
  await menu(page).getByRole('button', { name: 'Save as new' }).click()
  await expect(menu(page).getByRole('status')).toHaveText(`“${name}” is saved.`)
}

test('a view for everybody is there on another device, and two who change it are told', async ({
  page,
  ownServer,
  browser,
  expectedErrors,
}) => {
  // Two people, each with a browser and a sign-in.
  test.slow()
  expectedErrors.push(/status of 412/)
  await openEngagements(page, ownServer, '?status=unsuccessful&sort=longest')
  await openMenu(page)
  await expectAccessible(page)
  await saveAs(page, 'Long failures', 'Everybody in PremierTenant')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(opener(page)).toHaveText('ViewLong failures')
  await expect(opener(page)).toBeFocused()

  const other = await browser.newContext({ timezoneId: 'America/New_York' })
  const theirs = await other.newPage()
  await openEngagements(theirs, ownServer)
  await openMenu(theirs)
  const everybody = menu(theirs).getByRole('region', { name: 'For everybody in PremierTenant' })
  await everybody.getByRole('button', { name: /^Long failures Unsuccessful engagements/ }).click()
  await expect(theirs).toHaveURL(/\?status=unsuccessful&sort=longest$/)
  await settled(theirs)

  // Both change it: the second is told whose change would be lost, and may overwrite it.
  await theirs.getByLabel('Sort').selectOption('Shortest first')
  await expect(opener(theirs)).toHaveText('ViewLong failureschanged')
  await openMenu(theirs)
  await menu(theirs).getByRole('button', { name: 'Save', exact: true }).click()
  await expect(menu(theirs).getByRole('status')).toHaveText('“Long failures” is saved.')
  await page.getByText('All', { exact: true }).click()
  await openMenu(page)
  await menu(page).getByRole('button', { name: 'Save', exact: true }).click()
  await expect(menu(page).getByRole('alert')).toContainText(
    'Somebody else has changed or removed this view meanwhile',
  )
  await expect(menu(page).getByRole('alert')).toContainText(
    'It was changed last by supervisor@premier.example',
  )
  await expectAccessible(page)
  await menu(page).getByRole('button', { name: 'Overwrite it' }).click()
  await expect(menu(page).getByRole('status')).toHaveText('“Long failures” is saved.')

  await theirs.reload()
  await settled(theirs)
  await openMenu(theirs)
  await everybody.getByRole('button', { name: 'Remove Long failures' }).click()
  await everybody.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(menu(theirs).getByRole('region', { name: 'The opened view' })).toContainText(
    'has been removed',
  )
  await other.close()
})

test('a view of this device: changed, reset, renamed by keyboard, the default, removed', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?status=all&limit=25')
  // A later page is of a moment; the view saved from there is not.
  await page.getByRole('button', { name: 'Next' }).click()
  await settled(page)
  await openMenu(page)
  await saveAs(page, 'All of it', 'This device')
  await page.keyboard.press('Escape')
  await page.getByLabel('Sort').selectOption('Longest first')
  await expect(opener(page)).toHaveText('ViewAll of itchanged')
  // Opening a row, or paging, is no change.
  await openMenu(page)
  await menu(page).getByRole('button', { name: 'Reset to “All of it”' }).click()
  await expect(page).toHaveURL(/\?status=all&limit=25$/)
  await settled(page)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/offset=25/)
  await expect(opener(page)).toHaveText('ViewAll of it')

  await opener(page).focus()
  await page.keyboard.press('Enter')
  await menu(page).getByRole('button', { name: 'Rename All of it' }).focus()
  await page.keyboard.press('Enter')
  await expect(menu(page).getByLabel('New name')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Everything')
  await page.keyboard.press('Enter')
  await expect(menu(page).getByRole('button', { name: /^Everything All engagements/ })).toBeFocused()
  await menu(page).getByRole('button', { name: 'Default: Everything' }).click()
  await expect(menu(page).getByRole('button', { name: 'Default: Everything' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.keyboard.press('Escape')

  // A bare address means the defaults, whatever is kept; the default view is one press away.
  await page.goto(`${server.origin}/${server.tenant}/engagements`)
  await settled(page)
  await expect(rows(page)).toHaveCount(50)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Open “Everything”, the default view' }).click()
  await expect(page).toHaveURL(/\?status=all&limit=25$/)
  await expect(opener(page)).toHaveText('ViewEverything')
  await openMenu(page)
  await menu(page).getByRole('button', { name: 'Remove Everything' }).click()
  await menu(page).getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(menu(page).getByRole('region', { name: 'On this device' })).toContainText('No views yet')
})

test('a view of a newer version, or with something unknown in it, is refused in words', async ({
  page,
  server,
}) => {
  await openEngagements(page, server, '?sort=oldest')
  await openMenu(page)
  await saveAs(page, 'From today', 'This device')
  await page.evaluate(() => {
    const [view] = JSON.parse(localStorage.getItem('hindsight.views') ?? '[]')
    const { content } = view
    const newer = { ...view, id: 'newer', content: { ...content, name: 'Newer', format: 2 } }
    const parameters = [...content.parameters, { name: 'mood', values: ['good'] }]
    const odd = { ...view, id: 'odd', content: { ...content, name: 'Odd', parameters } }
    localStorage.setItem('hindsight.views', JSON.stringify([view, newer, odd, 'nonsense']))
  })
  await page.reload()
  await openMenu(page)
  const own = menu(page).getByRole('region', { name: 'On this device' })
  await expect(own).toContainText('It has the format 2; this Hindsight knows the format 1 alone.')
  await expect(own).toContainText('It states mood, which is no parameter of a view in this Hindsight.')
  await expect(own.getByRole('button', { name: 'Newer', exact: true })).toBeDisabled()
  await expectAccessible(page)
  // What could not be read is still there after another one is saved.
  await menu(page).getByLabel('Save what is shown as a new view').fill('From today')
  await menu(page).getByRole('button', { name: 'Save as new' }).click()
  await expect(menu(page).getByRole('alert')).toHaveText(/There is a view called “From today” on this device/)
  await saveAs(page, 'Another', 'This device')
  expect(await page.evaluate(() => JSON.parse(localStorage.getItem('hindsight.views') ?? '[]').length)).toBe(
    5,
  )
})

test('the last filters and recent searches come back when they are asked for', async ({ page, server }) => {
  await openEngagements(page, server)
  await expect(page.getByRole('button', { name: 'Restore last filters' })).toHaveCount(0)
  await page.getByText('Unsuccessful', { exact: true }).click()
  await settled(page)
  for (const sort of ['oldest', 'longest', 'shortest']) {
    await page.getByLabel('Sort').selectOption(sort)
    await expect(page).toHaveURL(new RegExp(`sort=${sort}$`))
    await settled(page)
  }
  await page.goto(`${server.origin}/${server.tenant}/engagements`)
  await settled(page)
  await expect(page.getByRole('radio', { name: 'Successful', exact: true })).toBeChecked()
  await page.getByRole('button', { name: 'Restore last filters' }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful&sort=shortest$/)
  await settled(page)
  await openMenu(page)
  const recent = menu(page).getByRole('region', { name: 'Recent searches' })
  await expect(recent.getByRole('listitem')).toHaveText([
    'Unsuccessful engagements, shortest first',
    'Unsuccessful engagements, longest first',
    'Unsuccessful engagements, oldest first',
    'Unsuccessful engagements, newest first',
  ])
  await recent.getByRole('button', { name: /oldest first/ }).click()
  await expect(page).toHaveURL(/\?status=unsuccessful&sort=oldest$/)
  await settled(page)
  await openMenu(page)
  await recent.getByRole('button', { name: 'Forget recent searches' }).click()
  await expect(recent).toHaveCount(0)
})
