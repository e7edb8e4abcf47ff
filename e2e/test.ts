/** The test function of every spec: a real server a worker, a page that may log no error, and axe at hand. */
import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type Door, removeServer, type Server, startServer } from './server.ts'

export interface PerTest {
  /** What the browser may log in this test, because the test provokes it; anything else fails the test. */
  readonly expectedErrors: RegExp[]
  /** A server of this test's own, for those who stop it or change its data. */
  readonly ownServer: Server
  readonly consoleWatch: undefined
}

export const test = base.extend<PerTest, { server: Server }>({
  context: async ({ context }, use) => {
    await use(context)
    await endRoutes(context)
  },
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the first parameter's names
    async ({}, use) => {
      const server = await startServer(process.env.E2E_FILLED_DATA)
      await use(server)
      await removeServer(server)
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  ownServer: async ({ context }, use) => {
    const server = await startServer(process.env.E2E_FILLED_DATA)
    await use(server)
    await closePages(context)
    await removeServer(server)
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  expectedErrors: async ({}, use) => use([]),
  consoleWatch: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = []
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text())
      })
      context.on('weberror', (error) => errors.push(String(error.error())))
      await use(undefined)
      const unexpected = errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)))
      expect(unexpected, 'the browser’s console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect } from '@playwright/test'

/** What a test put in the way of requests may be at one that no longer matters: its failure would be the next test's. */
async function endRoutes(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })))
}

/** Before their server ends: a page that still asks for something would be refused, and say so. */
export async function closePages(context: BrowserContext): Promise<void> {
  await endRoutes(context)
  await Promise.all(context.pages().map((page) => page.close()))
}

/** Signs in on whatever address the page is at. */
export async function signIn(
  page: Page,
  { email, password }: Pick<Door, 'email' | 'password'>,
): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Opens the page at a search, signed in (the form has tests of its own), and waits for its rows or what stands in their place. */
export async function openEngagements(page: Page, server: Door, search = ''): Promise<void> {
  const { origin, tenant } = server
  const known = sessions.get(server)
  if (known !== undefined && Date.now() < known.untilMs) await page.context().addCookies(known.cookies)
  else sessions.set(server, await newSession(page, server))
  await page.goto(`${origin}/${tenant}/engagements${search}`)
  await settled(page)
}

/** Half of what a token lasts. */
const sessionMs = 600_000

interface Session {
  readonly cookies: Awaited<ReturnType<BrowserContext['cookies']>>
  readonly untilMs: number
}

/** A password is checked slowly on purpose: once for each server. */
const sessions = new WeakMap<Door, Session>()

async function newSession(page: Page, { origin, tenant, email, password }: Door): Promise<Session> {
  const data = { tenant, email, password }
  const signedIn = await page.request.post(`${origin}/session`, { data, headers: { origin } })
  expect(signedIn.ok(), await signedIn.text()).toBe(true)
  return { cookies: await page.context().cookies(origin), untilMs: Date.now() + sessionMs }
}

/** The list has an answer, and none is on its way. */
export async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('search', { name: 'Filters' })).toBeVisible()
  await expect(page.getByRole('main').locator('[aria-busy="true"]')).toHaveCount(0)
}

/** The engagements' rows: those with an expander. */
export function rows(page: Page) {
  return page.getByRole('row').filter({ has: page.getByRole('button', { name: /^Details of/ }) })
}

/** Rows of a table beyond these look like them: axe takes most of its time for 50 of them. */
const likeThoseBefore = 'tbody > tr:nth-child(n + 13)'

/** No violation of WCAG 2.2 AA, nor of the best practices axe knows. */
export async function expectAccessible(
  page: Page,
  { rows = 'some' }: { readonly rows?: 'all' | 'some' } = {},
): Promise<void> {
  const axe = new AxeBuilder({ page })
    // We have no frames: axe gathers its results in the page itself, not in another one, and of violations only. A page of
    // 50 rows took 5 s otherwise.
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
  const { violations } = await (rows === 'all' ? axe : axe.exclude(likeThoseBefore)).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}
