import { expect, expectAccessible, openEngagements, rows, settled, test } from './test.ts'

test('on no match, each filter says what leaving it out would bring, one click each', async ({
  page,
  server,
}) => {
  const search = '?status=unsuccessful&user=ana.ruiz@premier.example&endBefore=2001-01-01'
  await openEngagements(page, server, search)
  const main = page.getByRole('main')
  await expect(main.getByText('No engagement matches all of this')).toBeVisible()
  await expect(main.getByRole('button', { name: /“Ended .*”\s*\d+$/ })).toBeVisible()
  await expectAccessible(page)
  const ways = [
    [/^Only unsuccessful ones: show all\s*0$/, /\?status=all&user=ana\.ruiz@premier\.example&endBefore=/],
    [/^Without “ana\.ruiz@premier\.example”\s*0$/, /\?status=unsuccessful&endBefore=/],
    [/^Without “Ended [^”]+”\s*[1-9]\d*$/, /\?status=unsuccessful&user=ana\.ruiz@premier\.example$/],
    [/^Without any of these\s*[1-9][\d,]*$/, /\?status=all$/],
  ] as const
  for (const [name, address] of ways) {
    await expect(main.getByRole('button', { name })).toBeVisible()
    const brings = Number(
      /([\d,]+)$/
        .exec((await main.getByRole('button', { name }).textContent()) ?? '')?.[1]
        ?.replaceAll(',', ''),
    )
    await main.getByRole('button', { name }).click()
    await expect(page).toHaveURL(address)
    await settled(page)
    if (brings === 0) await expect(main.getByText('No engagement matches all of this')).toBeVisible()
    else await expect(main.getByText(new RegExp(`^1–\\d+ of ${brings.toLocaleString('en')}$`))).toBeVisible()
    await page.goBack()
    await expect(main.getByText('No engagement matches all of this')).toBeVisible()
  }
})

test('a way out is open before its count is known, and when it cannot be', async ({
  page,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/Failed to load resource/)
  const gate = Promise.withResolvers<void>()
  await page.route(/\/v1\/engagements\/count\//, async (route) => {
    await gate.promise
    await route.abort()
  })
  await openEngagements(page, server, '?status=all&user=nobody@premier.example')
  const way = page.getByRole('button', { name: 'Without “nobody@premier.example”' })
  await expect(way).toContainText('…')
  gate.resolve()
  await expect(way).toContainText('not counted')
  await expectAccessible(page)
  await page.unrouteAll({ behavior: 'wait' })
  await page.getByRole('button', { name: 'Count again' }).click()
  await expect(way).toContainText(/\d/)
  await way.click()
  await expect(page).toHaveURL(/\?status=all$/)
  await expect(rows(page)).toHaveCount(50)
})
