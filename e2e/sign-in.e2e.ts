import { expect, expectAccessible, rows, settled, signIn, test } from './test.ts'

test.describe('signing in', () => {
  test('at a link shows what the link asked for', async ({ page, server }) => {
    await page.goto(`${server.origin}/${server.tenant}/engagements?status=unsuccessful&limit=10`)
    await expect(page.getByRole('heading', { name: `Sign in to see ${server.tenant}` })).toBeVisible()
    await expectAccessible(page)
    await signIn(page, server)
    await settled(page)
    await expect(page).toHaveURL(/\/PremierTenant\/engagements\?status=unsuccessful&limit=10$/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Unsuccessful engagements/)
    await expect(rows(page)).toHaveCount(10)
  })

  test('at the bare address leads to the tenant’s engagements', async ({ page, server }) => {
    await page.goto(server.origin)
    await page.getByLabel('Tenant').fill(server.tenant)
    await signIn(page, server)
    await settled(page)
    await expect(page).toHaveURL(`${server.origin}/${server.tenant}/engagements`)
    await expect(rows(page)).toHaveCount(50)
  })

  test('with a wrong password says so, and takes the right one after it', async ({
    page,
    server,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 401/)
    await page.goto(`${server.origin}/${server.tenant}/engagements`)
    await signIn(page, { ...server, password: 'not the password' })
    await expect(page.getByRole('alert')).toHaveText(/password/i)
    await expect(page.getByLabel('Password')).toBeFocused()
    await expect(page.getByLabel('Password')).toHaveValue('')
    await expectAccessible(page)
    await page.getByLabel('Password').fill(server.password)
    await page.keyboard.press('Enter')
    await expect(rows(page)).toHaveCount(50)
  })

  test('names the fields that were left empty', async ({ page, server }) => {
    await page.goto(server.origin)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Give your email address.')).toBeVisible()
    await expect(page.getByLabel('Tenant')).toBeFocused()
    await expectAccessible(page)
  })

  test('leaves nothing that a script could read, and signing out ends it', async ({
    page,
    server,
    context,
  }) => {
    await page.goto(`${server.origin}/${server.tenant}/engagements`)
    await signIn(page, server)
    await settled(page)
    const kept = await page.evaluate(() => ({
      cookie: document.cookie,
      local: { ...localStorage },
      session: { ...sessionStorage },
    }))
    expect(kept.cookie).toBe('')
    expect(JSON.stringify(kept)).not.toMatch(/eyJ/)
    const cookies = await context.cookies()
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.goto(`${server.origin}/${server.tenant}/engagements`)
    await expect(page.getByRole('heading', { name: /^Sign in to see/ })).toBeVisible()
  })
})
